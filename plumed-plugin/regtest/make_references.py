"""Writes the models, trajectories and reference outputs of the regression tests beside this file.

The references do not come from the plugin: values are computed here with numpy in long double from the
definition of each model, the minimum image by trying all 343 images, and forces as central differences of the
bias energy. Run it again (with onnx and numpy) only where a test is meant to change.
"""
import pathlib
import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

here = pathlib.Path(__file__).parent
real = np.longdouble
step = real(1e-6)

ATOMS = [2, 3, 5, 6]                  # serials; atoms 1 and 4 of the trajectory are not used
PAIRS = [(0, 1), (0, 2), (1, 3)]
KAPPA, AT = (50, 20), (real('0.2'), real('-0.1'))

random = np.random.default_rng(20)
W1 = random.normal(size=(3, 4)).astype(np.float32)
B1 = random.normal(size=4).astype(np.float32)
W2 = random.normal(size=(4, 2)).astype(np.float32)
B2 = random.normal(size=2).astype(np.float32)
FRAMES = random.uniform(0, 2, size=(5, 6, 3)).round(6)
BOXES = {'none': [0, 0, 0], 'orthorhombic': [1.0, 1.2, 1.1],
         'triclinic': [1.2, 0, 0, 0.5, 1.1, 0, -0.4, 0.3, 1.0]}


def network(x):
    h = np.tanh(x @ W1.astype(real) + B1.astype(real))
    return h @ W2.astype(real) + B2.astype(real)


def jacobian(x):
    """[k, d] by central differences."""
    columns = []
    for i in range(len(x)):
        e = np.zeros_like(x); e[i] = step
        columns.append((network(x + e) - network(x - e)) / (2 * step))
    return np.array(columns).T


def shortest(d, rows):
    images = [d + a * rows[0] + b * rows[1] + c * rows[2] for a in range(-3, 4) for b in range(-3, 4) for c in range(-3, 4)]
    return min(images, key=lambda v: v @ v)


def distances(positions, rows):
    used = positions[[a - 1 for a in ATOMS]]
    d = [used[j] - used[i] for i, j in PAIRS]
    return np.array([np.sqrt(v @ v) for v in (d if rows is None else [shortest(v, rows) for v in d])])


def torsions(positions):
    """PLUMED's TORSION of atoms 1-4 and 2-5, without a box."""
    result = []
    for first in (0, 1):
        p = positions[first:first + 4]
        v1, v2, v3 = p[1] - p[0], p[2] - p[1], p[3] - p[2]
        n1, n2 = np.cross(v1, v2), np.cross(v2, v3)
        result.append(np.arctan2(np.cross(n1, n2) @ v2 / np.sqrt(v2 @ v2), n1 @ n2))
    return np.array(result)


def energy(cv):
    return sum(k / real(2) * (c - a) ** 2 for k, c, a in zip(KAPPA, cv, AT))


def forces(positions, cv_of, energy_of=energy):
    result = np.zeros_like(positions)
    for index in np.ndindex(positions.shape):
        up, down = positions.copy(), positions.copy()
        up[index] += step; down[index] -= step
        result[index] = -(energy_of(cv_of(up)) - energy_of(cv_of(down))) / (2 * step)
    return result


def virial(positions, rows, cv_of_box, energy_of=energy):
    """dE/dstrain [3, 3]: atoms and box vectors together, v[b] += strain · v[a]; PLUMED's sign and order."""
    result = np.zeros((3, 3), real)
    for a, b in np.ndindex(3, 3):
        strain = np.eye(3, dtype=real)
        energies = []
        for s in (step, -step):
            strain[a, b] += s
            strained = None if rows is None else rows @ strain
            energies.append(energy_of(cv_of_box(positions @ strain, strained)))
            strain[a, b] -= s
        result[a, b] = (energies[0] - energies[1]) / (2 * step)
    return result


def lines(rows):
    return '\n'.join(rows)


def checks(x_rows, cv_of, jacobian_of):
    text = lambda values: ' '.join(repr(float(v)) for v in np.ravel(values))
    x_rows = [np.asarray(x, real) for x in x_rows]
    return {'latentcv.check.inputs': lines(map(text, x_rows)),
            'latentcv.check.cv': lines(text(cv_of(x)) for x in x_rows),
            'latentcv.check.jacobian': lines(text(jacobian_of(x)) for x in x_rows)}


def model(nodes, weights, outputs, properties, inputs=3):
    """A file of ours: outputs are names with their shapes behind the batch."""
    value = lambda name, shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, ['n', *shape])
    graph = helper.make_graph(nodes, 'encoder', [value('x', [inputs])], [value(n, s) for n, s in outputs],
                              [numpy_helper.from_array(w, n) for n, w in weights.items()])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)], ir_version=8,
                             producer_name='latentcv')
    helper.set_model_props(made, {'latentcv.format': '1', 'latentcv.generator': 'make_references.py', **properties,
                                  'latentcv.training': 'null'})
    checker.check_model(made, full_check=True)
    return made


WEIGHTS = {'w1': W1, 'b1': B1, 'w2': W2, 'b2': B2}
FORWARD = [helper.make_node('Gemm', ['x', 'w1', 'b1'], ['z']), helper.make_node('Tanh', ['z'], ['h']),
           helper.make_node('Gemm', ['h', 'w2', 'b2'], ['cv'])]
# jacobian [n, 2, 3] = w2ᵀ · (1 − h²) · w1ᵀ
JACOBIAN = [helper.make_node('Mul', ['h', 'h'], ['hh']), helper.make_node('Sub', ['one', 'hh'], ['slope']),
            helper.make_node('Unsqueeze', ['slope', 'axis'], ['slopes']), helper.make_node('Mul', ['w2t', 'slopes'], ['left']),
            helper.make_node('MatMul', ['left', 'w1t'], ['jacobian'])]
JACOBIAN_WEIGHTS = {'one': np.ones((), np.float32), 'axis': np.array([1], np.int64), 'w1t': W1.T.copy(), 'w2t': W2.T.copy()}
SAMPLES = [[0.5, 0.6, 0.7], [0.1, 0.9, 0.4]]
ATOMS_PROPERTIES = {'latentcv.atoms': lines(map(str, ATOMS)),
                    'latentcv.descriptors': lines(f'distance {i} {j}' for i, j in PAIRS),
                    'latentcv.descriptors.pbc': 'minimum-image', 'latentcv.units.length': 'nm'}


def labels(names, periods=None):
    return {'latentcv.inputs': lines(names), 'latentcv.inputs.periods': lines(periods or ['none'] * len(names)),
            'latentcv.outputs': 'node-0\nnode-1', 'latentcv.outputs.periods': 'none\nnone'}


def trajectory(box, scale=1):
    text = []
    for frame in FRAMES:
        text += ['6', ' '.join(f'{scale * b:.6f}' for b in box)]
        text += ['X ' + ' '.join(f'{scale * c:.6f}' for c in atom) for atom in frame]
    return '\n'.join(text) + '\n'


def write(name, made, plumed, box, cv_of_box, scale=1, digits=8, pbc=True, more='', energy_of=energy, outside_of=None, also=(), restraint_of=energy):
    """One test: cv_of_box(positions, box rows or None), `scale` is the trajectory's lengths per nm.

    energy_of(cv) is the energy where there is more bias than the restraint (`more` lines), or another one; outside_of(
    positions, box rows or None) what the component outside should be; `also` names what cv_of_box gives behind the two
    components."""
    rows = box_rows(box) if pbc else None
    cv_of = lambda positions: cv_of_box(positions, rows)
    folder = here / f'rt-{name}'
    folder.mkdir(exist_ok=True)
    save(made, folder / 'model.onnx')
    (folder / 'traj.xyz').write_text(trajectory(box, scale))
    units = f' --length-units {0.1 if scale == 10 else 1}'
    (folder / 'config').write_text(
        f'type=driver\narg="--plumed plumed.dat --ixyz traj.xyz{units} --dump-forces forces --dump-forces-fmt %.{digits}f --dump-full-virial"\n')
    column = ',cv.outside' if outside_of else ''
    names = ','.join(['cv.node-0', 'cv.node-1', *also])
    bias = (f'{more}restraint: RESTRAINT ARG=cv.node-0,cv.node-1 KAPPA={KAPPA[0]},{KAPPA[1]} AT={AT[0]},{AT[1]}\n'
            f'PRINT ARG={names},restraint.bias{column} FILE=COLVAR FMT=%.{digits}f\n')
    (folder / 'plumed.dat').write_text('LOAD FILE=./libLatentcvPlumed.so\n' + plumed + bias)
    colvar, dumped = [f'#! FIELDS time {names},restraint.bias{column}'.replace(',', ' ')], []
    for t, frame in enumerate(FRAMES.astype(real)):
        cv = cv_of(frame)
        colvar.append(f'{t} ' + ' '.join(f'{float(v):.{digits}f}' for v in [*cv, restraint_of(cv), *([outside_of(frame, rows)] if outside_of else [])]))
        dumped += ['6', ' '.join(f'{float(v):.{digits}f}' for v in virial(frame, rows, cv_of_box, energy_of).ravel())] + ['X ' + ' '.join(f'{float(v) / scale:.{digits}f}' for v in f) for f in forces(frame, cv_of, energy_of)]
    (folder / 'COLVAR.reference').write_text('\n'.join(colvar) + '\n')
    (folder / 'forces.reference').write_text('\n'.join(dumped) + '\n')


def box_rows(box):
    if box == BOXES['none']:
        return None
    return np.diag(np.array(box, real)) if len(box) == 3 else np.array(box, real).reshape(3, 3)


def main():
    from_distances = lambda positions, rows: network(distances(positions, rows))
    check = checks(SAMPLES, network, jacobian)
    atoms = model(FORWARD, WEIGHTS, [('cv', [2])], {**labels(['d1', 'd2', 'd3']), **ATOMS_PROPERTIES, **check})
    for name, box in BOXES.items():
        write(f'atoms-{name}', atoms, 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6\n', box, from_distances)
    write('atoms-nopbc', atoms, 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 NOPBC\n', BOXES['orthorhombic'],
          from_distances, pbc=False)
    write('atoms-angstrom', atoms, 'UNITS LENGTH=A\ncv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6\n',
          BOXES['orthorhombic'], from_distances, scale=10)

    # the same atoms, written otherwise by another program: accepted
    named = model(FORWARD, WEIGHTS, [('cv', [2])], {**labels(['d1', 'd2', 'd3']), **ATOMS_PROPERTIES,
                  'latentcv.atoms.names': 'ACE 1 HH31\nACE 1 C\nHIS 2 N\nHIS 2 CA', **check})
    write('atoms-molinfo', named, 'MOLINFO STRUCTURE=molecule.pdb\ncv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6\n',
          BOXES['orthorhombic'], from_distances)
    (here / 'rt-atoms-molinfo' / 'molecule.pdb').write_text(lines(
        f'ATOM  {serial:5d} {name:<4s} {residue} A{number:4d}       0.000   0.000   0.000  1.00  1.00'
        for serial, name, residue, number in [(1, ' CH3', 'ACE', 11), (2, '1HH3', 'ACE', 11), (3, ' C', 'ACE', 11),
                                              (4, ' O', 'ACE', 11), (5, ' N', 'HIE', 12), (6, ' CA', 'HIE', 12)]) + '\nEND\n')

    statements = 'd1: DISTANCE ATOMS=2,3\nd2: DISTANCE ATOMS=2,5\nd3: DISTANCE ATOMS=3,6\n'
    arguments = model(FORWARD, WEIGHTS, [('cv', [2])], {**labels(['d1', 'd2', 'd3']), **check})
    write('arg-scalars', arguments, statements + 'cv: ONNX_MODEL FILE=model.onnx ARG=d1,d2,d3\n', BOXES['triclinic'],
          from_distances)
    vector = model(FORWARD, WEIGHTS, [('cv', [2])], {**labels(['d.1', 'd.2', 'd.3']), **check})
    write('arg-vector', vector, 'd: DISTANCE ATOMS1=2,3 ATOMS2=2,5 ATOMS3=3,6\ncv: ONNX_MODEL FILE=model.onnx ARG=d\n',
          BOXES['orthorhombic'], from_distances)
    mixed = model(FORWARD, WEIGHTS, [('cv', [2])], {**labels(['d1', 'd.1', 'd.2']), **check})
    write('arg-mixed', mixed, 'd1: DISTANCE ATOMS=2,3\nd: DISTANCE ATOMS1=2,5 ATOMS2=3,6\ncv: ONNX_MODEL FILE=model.onnx ARG=d1,d\n',
          BOXES['orthorhombic'], from_distances)

    # ONNX Runtime in float32: fewer digits
    both = model(FORWARD + JACOBIAN, {**WEIGHTS, **JACOBIAN_WEIGHTS}, [('cv', [2]), ('jacobian', [2, 3])],
                 {**labels(['d1', 'd2', 'd3']), **ATOMS_PROPERTIES, **check})
    write('atoms-onnxruntime', both, 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 EVALUATOR=onnxruntime\n',
          BOXES['triclinic'], from_distances, digits=4)
    write('atoms-float', both, 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 PRECISION=float\n',
          BOXES['triclinic'], from_distances, digits=4)

    # sin and cos of torsions: periodic inputs, as the metadata says
    A = random.normal(size=(2, 2)).astype(np.float32)
    waves = lambda x: np.sin(x @ A.astype(real)) @ W2[:2].astype(real)
    def waves_jacobian(x):
        e = np.eye(2, dtype=real) * step
        return np.array([(waves(x + e[i]) - waves(x - e[i])) / (2 * step) for i in range(2)]).T
    nodes = [helper.make_node('MatMul', ['x', 'a'], ['z']), helper.make_node('Sin', ['z'], ['h']), helper.make_node('MatMul', ['h', 'w'], ['cv'])]
    period = '-3.141592653589793 3.141592653589793'
    periodic = model(nodes, {'a': A, 'w': W2[:2].copy()}, [('cv', [2])],
                     {**labels(['phi', 'psi'], [period, period]), **checks([[1, 2], [-0.5, 3]], waves, waves_jacobian)}, inputs=2)
    write('arg-torsions', periodic, 'phi: TORSION ATOMS=1,2,3,4 NOPBC\npsi: TORSION ATOMS=2,3,4,5 NOPBC\ncv: ONNX_MODEL FILE=model.onnx ARG=phi,psi\n',
          BOXES['none'], lambda positions, _: waves(torsions(positions)))

    # a function of the components biased beside them: the action then computes the Jacobian
    custom = lambda cv: energy(cv) + 15 * (cv[0] ** 2 + 2 * cv[1] - real('0.4')) ** 2
    write('atoms-custom', atoms, 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6\n', BOXES['triclinic'], from_distances,
          more='c: CUSTOM ARG=cv.node-0,cv.node-1 FUNC=x*x+2*y PERIODIC=NO\nother: RESTRAINT ARG=c KAPPA=30 AT=0.4\n', energy_of=custom)

    lower, upper = [0.2, 0.3, 0.4], [0.5, 0.6, 0.5]
    ranged = model(FORWARD, WEIGHTS, [('cv', [2])], {**labels(['d1', 'd2', 'd3']), **ATOMS_PROPERTIES, **check, **ranges(lower, upper)})
    write('atoms-outside', ranged, 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 OUTSIDE\n', BOXES['orthorhombic'], from_distances,
          outside_of=lambda positions, rows: outside(distances(positions, rows), lower, upper))
    joined(period)
    aligned(check)
    ensemble()
    periodic_output()


def ensemble():
    """Two encoders, the second the first one's with its hidden layer negated and halved: their mean and disagreement."""
    half = real('0.5')
    second = lambda x: np.tanh(-half * (x @ W1.astype(real) + B1.astype(real))) @ W2.astype(real) + B2.astype(real)
    spans = [real(2), real(4)]
    node = helper.make_node
    nodes = [node('Gemm', ['x', 'w1', 'b1'], ['z']), node('Tanh', ['z'], ['h1']), node('Gemm', ['h1', 'w2', 'b2'], ['first']),
             node('Mul', ['z', 'minus_half'], ['z2']), node('Tanh', ['z2'], ['h2']), node('Gemm', ['h2', 'w2', 'b2'], ['second']),
             node('Add', ['first', 'second'], ['sum']), node('Mul', ['sum', 'half'], ['cv'])]
    for member in ('first', 'second'):
        nodes += [node('Sub', [member, 'cv'], [f'{member}_off']), node('Mul', [f'{member}_off', 'inverse'], [f'{member}_scaled']),
                  node('Mul', [f'{member}_scaled', f'{member}_scaled'], [f'{member}_square'])]
    nodes += [node('Add', ['first_square', 'second_square'], ['squares']), node('ReduceMean', ['squares'], ['mean'], axes=[1]),
              node('Mul', ['mean', 'half'], ['variance']), node('Sqrt', ['variance'], ['uncertainty'])]
    weights = {**WEIGHTS, 'minus_half': np.float32(-0.5), 'half': np.float32(0.5), 'inverse': np.array([[0.5, 0.25]], np.float32)}

    def outputs(x):
        members = [network(x), second(x)]
        mean = sum(members) / 2
        variance = [sum((m[j] - mean[j]) ** 2 for m in members) / 2 / spans[j] ** 2 for j in (0, 1)]
        return np.append(mean, np.sqrt(sum(variance) / 2))

    def slopes(x):
        e = np.eye(3, dtype=real) * step
        return np.array([(outputs(x + e[i]) - outputs(x - e[i])) / (2 * step) for i in range(3)]).T

    text = lambda values: ' '.join(repr(float(v)) for v in np.ravel(values))
    samples = [np.asarray(x, real) for x in SAMPLES]
    checked = {**checks(SAMPLES, lambda x: outputs(x)[:2], lambda x: slopes(x)[:2]),
               'latentcv.check.uncertainty': lines(text(outputs(x)[2]) for x in samples),
               'latentcv.check.uncertainty.gradient': lines(text(slopes(x)[2]) for x in samples)}
    made = model(nodes, weights, [('cv', [2]), ('uncertainty', [1])], {**labels(['d1', 'd2', 'd3']), **ATOMS_PROPERTIES, **checked})
    pulled = lambda cv: energy(cv) + real(150) * (cv[2] - real('0.1')) ** 2
    write('atoms-uncertainty', made, 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 UNCERTAINTY\n', BOXES['triclinic'],
          lambda positions, rows: outputs(distances(positions, rows)), energy_of=pulled, also=['cv.uncertainty'],
          more='spread: RESTRAINT ARG=cv.uncertainty KAPPA=300 AT=0.1\n')


def periodic_output():
    """The second component has the domain -pi to pi and is three times the network's, which leaves that domain."""
    pi = real('3.14159265358979323846264338327950288')
    wrap = lambda value: value - 2 * pi * np.round(value / (2 * pi))
    three = np.array([1, 3], np.float32)
    raw = lambda x: network(x) * three.astype(real)
    made = model([*FORWARD[:2], helper.make_node('Gemm', ['h', 'w2', 'b2'], ['y']), helper.make_node('Mul', ['y', 'three'], ['cv'])],
                 {**WEIGHTS, 'three': three}, [('cv', [2])],
                 {**labels(['d1', 'd2', 'd3']), 'latentcv.outputs.periods': 'none\n-3.141592653589793 3.141592653589793',
                  **ATOMS_PROPERTIES, **checks(SAMPLES, raw, lambda x: jacobian(x) * three.astype(real)[:, None])})

    def cv_of(positions, rows):
        y = raw(distances(positions, rows))
        return np.array([y[0], wrap(y[1])])

    around = lambda cv: KAPPA[0] / real(2) * (cv[0] - AT[0]) ** 2 + KAPPA[1] / real(2) * wrap(cv[1] - AT[1]) ** 2
    write('atoms-periodic-output', made, 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6\n', BOXES['orthorhombic'], cv_of,
          energy_of=around, restraint_of=around)


def ranges(lower, upper):
    return {'latentcv.inputs.min': lines(map(repr, lower)), 'latentcv.inputs.max': lines(map(repr, upper))}


def outside(x, lower, upper, periods=None):
    """By the nearer end of the range, of all images of a periodic input."""
    def beyond(value, low, high, period):
        images = [value + i * period for i in (-1, 0, 1)]
        return min(max(0, low - image, image - high) for image in images) / (high - low)
    return max(beyond(v, real(l), real(h), p) for v, l, h, p in zip(x, lower, upper, periods or [0] * len(x)))


def joined(period):
    """Torsions as sines and cosines joined to a distance, layer normalisation, a residual and a softmax."""
    v1, c1 = random.normal(size=(5, 6)).astype(np.float32), random.normal(size=6).astype(np.float32)
    scale, shift = (1 + random.normal(size=6) / 4).astype(np.float32), random.normal(size=6).astype(np.float32)
    v2 = random.normal(size=(6, 2)).astype(np.float32)
    node = helper.make_node
    nodes = [node('Gather', ['x', 'torsions'], ['t'], axis=1), node('Slice', ['x', 'two', 'three', 'one'], ['d']), node('Sin', ['t'], ['s']),
             node('Cos', ['t'], ['c']), node('Concat', ['s', 'c', 'd'], ['f'], axis=1), node('Gemm', ['f', 'v1', 'c1'], ['z']),
             node('LayerNormalization', ['z', 'scale', 'shift'], ['l'], epsilon=1e-5), node('Tanh', ['l'], ['h']), node('Add', ['h', 'z'], ['r']),
             node('Softmax', ['r'], ['p']), node('MatMul', ['p', 'v2'], ['cv'])]
    whole = lambda *values: np.array(values, np.int64)
    constants = {'torsions': whole(0, 1), 'one': whole(1), 'two': whole(2), 'three': whole(3), 'v1': v1, 'c1': c1, 'scale': scale, 'shift': shift, 'v2': v2}

    def encoder(x):
        f = np.concatenate([np.sin(x[:2]), np.cos(x[:2]), x[2:]])
        z = f @ v1.astype(real) + c1.astype(real)
        centred = z - z.mean()
        l = centred / np.sqrt((centred ** 2).mean() + real(np.float32(1e-5))) * scale.astype(real) + shift.astype(real)
        e = np.exp(np.tanh(l) + z)
        return e / e.sum() @ v2.astype(real)

    def slopes(x):
        e = np.eye(3, dtype=real) * step
        return np.array([(encoder(x + e[i]) - encoder(x - e[i])) / (2 * step) for i in range(3)]).T

    lower, upper = [2.0, -1.0, 0.2], [3.0, 1.0, 3.0]
    made = model(nodes, constants, [('cv', [2])], {**labels(['phi', 'psi', 'd1'], [period, period, 'none']), **ranges(lower, upper),
                                                   **checks([[1, 2, 0.4], [-0.5, 3, 0.6]], encoder, slopes)})
    inputs = lambda positions: np.append(torsions(positions), distances(positions, None)[0])
    two_pi = 2 * real('3.14159265358979323846264338327950288')
    write('arg-joined', made, 'phi: TORSION ATOMS=1,2,3,4 NOPBC\npsi: TORSION ATOMS=2,3,4,5 NOPBC\nd1: DISTANCE ATOMS=2,3 NOPBC\n'
          'cv: ONNX_MODEL FILE=model.onnx ARG=phi,psi,d1 OUTSIDE\n', BOXES['none'], lambda positions, _: encoder(inputs(positions)),
          outside_of=lambda positions, _: outside(inputs(positions), lower, upper, [two_pi, two_pi, 0]))


# what the atoms 2, 3, 5, 6 are aligned to: weights, places in nm; the last is carried along
WEIGHTS_OF_FIT = np.array([12, 1, 16, 0])
STRUCTURE = np.array([[0.1, 0.2, 0.3], [0.7, -0.1, 0.25], [0.2, 0.9, 0.4], [0.3, 0.4, 1.1]])


def whole(at, rows):
    """Along the shortest tree over the structure, by Prim's algorithm."""
    at, joined = at.copy(), [0]
    while len(joined) < len(at):
        pairs = [(np.linalg.norm(STRUCTURE[i] - STRUCTURE[j]), i, j) for i in joined for j in range(len(at)) if j not in joined]
        _, i, j = min(pairs)
        d = at[j] - at[i]
        at[j] = at[i] + (d if rows is None else shortest(d, rows))
        joined.append(j)
    return at


def superposed(positions, rows):
    """By Kabsch's singular value decomposition (doi:10.1107/S0567739476001873), in double: numpy has none longer."""
    at = whole(positions[[a - 1 for a in ATOMS]], rows).astype(float)
    w = WEIGHTS_OF_FIT / WEIGHTS_OF_FIT.sum()
    x, r = at - w @ at, STRUCTURE - w @ STRUCTURE
    u, _, vt = np.linalg.svd(x.T @ (w[:, None] * r))
    mirror = np.diag([1, 1, np.sign(np.linalg.det(u @ vt))])
    return x @ u @ mirror @ vt + w @ STRUCTURE


def aligned(check):
    """Fewer digits, as the references are differences of numbers in double."""
    text = lambda values: ' '.join(repr(float(v)) for v in values)
    properties = {**ATOMS_PROPERTIES, 'latentcv.descriptors': 'aligned-x 0 reference 0\naligned-y 2 reference 0\naligned-z 3 reference 0',
                  'latentcv.descriptors.references': lines(f'0 {i} {text([w, *r])}' for i, (w, r) in enumerate(zip(WEIGHTS_OF_FIT, STRUCTURE)))}
    made = model(FORWARD, WEIGHTS, [('cv', [2])], {**labels(['al_2.x', 'al_5.y', 'al_6.z']), **properties, **check})
    components = lambda positions, rows: superposed(positions, rows)[[0, 2, 3], [0, 1, 2]].astype(real)
    write('atoms-aligned', made, 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6\n', BOXES['triclinic'],
          lambda positions, rows: network(components(positions, rows)), digits=6)


main()
