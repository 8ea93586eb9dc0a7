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
import warnings

import onnx
import torch


def export_onnx(cv, path, labels=None, outputs=None, in_features=None, exporter='legacy', opset=None):
    """Writes `cv` to `path`: input `x` [n, d], output `cv` [n, k], the batch axis n free.

    labels: what the inputs are, in order, as the PLUMED input calls them; kept in the file.
    outputs: names of the CVs in PLUMED, instead of node-0, node-1, …
    in_features: d, where neither the labels nor the module tell it.
    exporter: 'legacy' (TorchScript tracing, which also takes .pt files) or 'dynamo' (torch.export, torch >= 2.5).
    """
    d = in_features or (len(labels) if labels else count_inputs(cv))
    if labels and len(labels) != d:
        raise ValueError(f'expected {d} labels but received {len(labels)}')
    cv.eval()
    parameter = next(iter(cv.parameters()), None)
    x = torch.randn(2, d, dtype=torch.float32 if parameter is None else parameter.dtype)
    with without_trainer(), warnings.catch_warnings():
        warnings.simplefilter('ignore')
        torch.onnx.export(cv, (x,), str(path), input_names=['x'], output_names=['cv'],
                          **options(exporter, opset))
    add_names(path, labels, outputs)


def count_inputs(cv):
    """d of a CV: its own word, or the length of the first buffer or second axis of the first matrix."""
    declared = getattr(cv, 'in_features', None)
    if isinstance(declared, int):
        return declared
    for name, value in cv.state_dict().items():
        if name.endswith('norm_in.mean') or value.dim() == 2:
            return value.shape[-1]
    raise ValueError('cannot tell the number of inputs: give labels or in_features')


def options(exporter, opset):
    parameters = inspect.signature(torch.onnx.export).parameters
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
    parser.add_argument('--opset', type=int, help='operator set (default: 17)')
    given = parser.parse_args()
    names = lambda text: text.split(',') if text else None
    export_onnx(torch.jit.load(given.model, map_location='cpu'), given.output, names(given.labels),
                names(given.outputs), given.in_features, opset=given.opset)


if __name__ == '__main__':
    main()
