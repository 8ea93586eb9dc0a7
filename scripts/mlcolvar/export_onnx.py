"""Exports an mlcolvar CV, or any PyTorch module of one input [n, d], as ONNX for the PLUMED action ONNX_MODEL.

    python export_onnx.py model.pt model.onnx [--labels phi,psi]

takes the TorchScript file that PYTORCH_MODEL reads. In Python, with the CV itself:

    from export_onnx import export_onnx
    export_onnx(cv, 'model.onnx', labels=['phi', 'psi'])

The file holds the forward pass alone, preprocessing, normalisation and postprocessing included; ONNX_MODEL
differentiates it. Needs torch and onnx; with exporter='dynamo' onnxscript too.
"""
import argparse
import contextlib
import inspect
import io
import sys
import warnings

try:
    import onnx
    import torch
except ImportError as missing:
    if __name__ != '__main__':
        raise
    sys.exit(f'error: export_onnx.py needs the Python package {missing.name}, which is not installed\n'
             'hint: pip install torch onnx, or call it with the Python that trained the CV')

# Inputs that are tried where nothing tells their number.
MOST_INPUTS = 512


def export_onnx(cv, path, labels=None, outputs=None, in_features=None, exporter='legacy', opset=None):
    """Writes `cv` to `path`: input `x` [n, d], output `cv` [n, k], the batch axis n free.

    labels: what the inputs are, in order, as the PLUMED input calls them; kept in the file.
    outputs: names of the CVs in PLUMED, instead of node-0, node-1, …
    in_features: d, where neither the labels nor the module tell it.
    exporter: 'legacy' (TorchScript tracing, which also takes .pt files), 'dynamo' (torch.export, torch >= 2.5), or
    'frame', which records what is done to one frame (make_fx) and takes transforms of positions that neither of the
    others does; `latentcv differentiate` reads its file, of shape [1, d], for any number of frames.

    Raises ValueError where the file does not give the CV's values: PyTorch's exporters lose some operators in silence.
    """
    cv.eval()
    d = count_inputs(cv, in_features or (len(labels) if labels else None))
    if labels and len(labels) != d:
        raise ValueError(f'expected {d} labels but received {len(labels)}')
    x = frames(cv, d)
    if exporter == 'frame':
        x = x[:1]
    with without_trainer(), warnings.catch_warnings():
        warnings.simplefilter('ignore')
        module = of_one_frame(cv, x) if exporter == 'frame' else cv
        torch.onnx.export(module, (x,), str(path), input_names=['x'], output_names=['cv'],
                          **options(exporter, opset))
    add_names(path, labels, outputs)
    compare(path, cv, x)


def of_one_frame(cv, x):
    from torch.fx.experimental.proxy_tensor import make_fx
    for _ in range(3):  # TorchScript rewrites itself in its first calls
        cv(x)
    return make_fx(cv)(x)


def compare(path, cv, x):
    """Evaluates the file with onnx's reference implementation, in the CV's own type."""
    from onnx.reference import ReferenceEvaluator
    with torch.no_grad():
        expected = cv(x).reshape(len(x), -1).numpy()
    try:
        found = ReferenceEvaluator(str(path)).run(None, {'x': x.numpy()})[0].reshape(expected.shape)
    except Exception as error:  # an operator that the reference implementation lacks
        print(f'warning: the file was not compared with the CV: {first_line(error)}', file=sys.stderr)
        return
    off = float(abs(found - expected).max()) / max(1.0, float(abs(expected).max()))
    if not off < 1e-4:
        raise ValueError(f"PyTorch's exporter wrote a file that gives other values than the CV (off by {off:.1e}): "
                         "try exporter='dynamo' or 'frame'")


def count_inputs(cv, given=None):
    """d of a CV: the number with which it gives one row per frame. `given` is checked; else all that are likely are tried.

    Raises ValueError where none or several fit (a histogram takes any), which --labels or --in-features settles.
    """
    if given is not None:
        if takes(cv, given):
            return given
        fitting = fitting_inputs(cv)
        told = f'it takes {fitting[0]}' if len(fitting) == 1 else 'it does not take that many'
        raise ValueError(f'expected one label for each input of the CV but {given} were told (--labels, --in-features): {told}')
    declared = getattr(cv, 'in_features', None)
    if isinstance(declared, int) and takes(cv, declared):
        return declared
    fitting = fitting_inputs(cv)
    if len(fitting) == 1:
        return fitting[0]
    found = f'{len(fitting)} numbers fit, such as {fitting[:3]}' if fitting else f'none up to {MOST_INPUTS} fits'
    raise ValueError(f'cannot tell the number of inputs of the CV ({found}): give --labels, or --in-features')


def fitting_inputs(cv):
    """Numbers of inputs that the CV takes; 1 only where nothing else fits, as one value stretches to any number."""
    sizes = {size for value in cv.state_dict().values() for size in value.shape}
    likely = sizes | {3 * size for size in sizes} | set(range(2, MOST_INPUTS + 1))
    fitting = [d for d in sorted(likely) if d > 1 and takes(cv, d)]
    return fitting or [d for d in [1] if takes(cv, d)]


def takes(cv, d):
    """Whether two frames of d inputs give two rows of CVs."""
    try:
        with torch.no_grad(), warnings.catch_warnings():
            warnings.simplefilter('ignore')
            result = cv(frames(cv, d))
    except Exception:  # whatever a model of this shape raises means that it does not take these
        return False
    return isinstance(result, torch.Tensor) and result.dim() in (1, 2) and result.shape[0] == 2


def frames(cv, d):
    """Two random frames in the type of the CV's weights."""
    parameter = next(iter(cv.parameters()), None)
    return torch.rand(2, d, dtype=torch.float32 if parameter is None else parameter.dtype)


def options(exporter, opset):
    parameters = inspect.signature(torch.onnx.export).parameters
    if exporter == 'frame':
        return {'dynamo': True, 'external_data': False, 'verbose': False, **({'opset_version': opset} if opset else {})}
    if exporter == 'dynamo':
        free = {'dynamic_shapes': ({0: torch.export.Dim('n')},), 'dynamo': True}
        given = {'opset_version': opset} if opset else {}
        return {**free, **given, 'external_data': False, 'verbose': False}
    legacy = {'dynamo': False} if 'dynamo' in parameters else {}
    axes = {'x': {0: 'n'}, 'cv': {0: 'n'}}
    return {**legacy, 'dynamic_axes': axes, 'opset_version': opset or 17}


@contextlib.contextmanager
def without_trainer():
    """Lightning modules have a `trainer` that raises when PyTorch looks at it, unless they are being scripted."""
    modules = []
    for package in ('lightning.pytorch', 'pytorch_lightning'):
        with contextlib.suppress(ImportError):
            modules.append(__import__(package, fromlist=['LightningModule']).LightningModule)
    before = [module._jit_is_scripting for module in modules]
    for module in modules:
        module._jit_is_scripting = True
    try:
        yield
    finally:
        for module, value in zip(modules, before):
            module._jit_is_scripting = value


def add_names(path, labels, outputs):
    model = onnx.load(path)
    for key, names in (('latentcv.inputs', labels), ('latentcv.outputs', outputs)):
        if names:
            model.metadata_props.add(key=key, value='\n'.join(names))
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def main():
    parser = argparse.ArgumentParser(description='Exports a TorchScript CV of mlcolvar as ONNX.')
    parser.add_argument('model', help='the .pt file that PYTORCH_MODEL reads')
    parser.add_argument('output', help='the ONNX file to write')
    parser.add_argument('--labels', help='the arguments in order, with commas between them: phi,psi')
    parser.add_argument('--outputs', help='names of the CVs, with commas between them (default: node-0,node-1,…)')
    parser.add_argument('--in-features', type=int, help='number of inputs, where the file does not tell it')
    parser.add_argument('--exporter', choices=['legacy', 'frame'],
                        help='legacy, for any number of frames; frame, for transforms of positions (default: legacy, '
                             'and frame where that fails)')
    parser.add_argument('--opset', type=int, help='operator set (default: 17)')
    given = parser.parse_args()
    names = lambda text: text.split(',') if text else None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            cv = torch.jit.load(given.model, map_location='cpu')
    except (RuntimeError, ValueError) as error:
        sys.exit(f'error: {given.model} is not read as a TorchScript file: {first_line(error)}')
    rest = (cv, given.output, names(given.labels), names(given.outputs), given.in_features)
    try:
        export(rest, given.exporter, given.opset)
    except ValueError as error:
        sys.exit(f'error: {error}')
    except Exception as error:  # PyTorch's exporters raise many kinds
        sys.exit(f"error: PyTorch cannot export this CV: {type(error).__name__}: {first_line(error)}\n"
                 "hint: in Python, export_onnx(cv, 'model.onnx', exporter='dynamo') takes some that TorchScript does not")


def export(rest, exporter, opset):
    if exporter is not None:
        return export_onnx(*rest, exporter=exporter, opset=opset)
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # the exporter prints its graph where it fails
            return export_onnx(*rest, opset=opset)
    except ValueError:
        raise
    except Exception as error:
        export_onnx(*rest, exporter='frame', opset=opset)
        print(f'note: exported for one frame, as TorchScript tracing fails ({type(error).__name__}): '
              'latentcv differentiate makes it a model file', file=sys.stderr)


def first_line(error):
    return next((line for line in str(error).splitlines() if line.strip()), '').strip()


if __name__ == '__main__':
    main()
