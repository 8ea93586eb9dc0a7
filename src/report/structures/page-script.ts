/**
 * What lets the reader turn the structures: each picture that comes into view gets a viewer of 3Dmol.js over its still one, as
 * browsers allow some sixteen at a time, and gives it back out of view. All are turned together unless that is taken back.
 * Without WebGL the still pictures stay.
 */
export const pageScript = `
(() => {
  const { structures, colours, wireColours } = JSON.parse(document.getElementById('structure-data').textContent);
  const places = [...document.querySelectorAll('.structures .picture')];
  const viewers = new Map();
  const alone = new Map();
  let view;
  let together = true;
  const words = document.createElement('p');
  words.className = 'how';
  const tell = (text) => {
    words.textContent = text;
    document.querySelector('.structures').before(words);
  };
  // a viewer calls back when another sets its view, too
  let following = false;
  const follow = (leader) => (now) => {
    if (following) return;
    if (!together) return;
    view = now;
    following = true;
    for (const other of viewers.values()) if (other !== leader) other.setView(now, true);
    following = false;
  };
  const style = (viewer, { ball, ribbon, shade, marked }) => {
    const look = shade ? { colorfunc: ({ index }) => shade[index] } : { colorscheme: { prop: 'elem', map: colours } };
    const small = ball === undefined ? {} : { radius: ball };
    const sphere = ball === undefined ? { scale: 0.24 } : small;
    const atoms = { stick: { radius: 0.12, ...look }, sphere: { ...sphere, ...look } };
    viewer.setStyle({}, atoms);
    if (ribbon.length > 0) viewer.setStyle({ index: ribbon }, { cartoon: { color: 'RIBBON' } });
    if (ribbon.length > 0 && marked?.length > 0) viewer.addStyle({ index: marked }, atoms);
  };
  const bind = (model, bonds) => {
    const atoms = model.selectedAtoms({});
    for (const atom of atoms) [atom.bonds, atom.bondOrder] = [[], []];
    for (let i = 0; i < bonds.length; i += 2)
      for (const [a, b] of [[bonds[i], bonds[i + 1]], [bonds[i + 1], bonds[i]]]) {
        atoms[a].bonds.push(b);
        atoms[a].bondOrder.push(1);
      }
  };
  const draw = (viewer, wires) => {
    for (const { kind, points } of wires) {
      // of lines WebGL draws but thin ones
      const radius = kind === 'axis' ? 0.12 : 0.05;
      const shape = viewer.addShape({ color: wireColours[kind] });
      for (let i = 1; i < points.length; i++) {
        const [start, end] = [points[i - 1], points[i]].map(([x, y, z]) => ({ x, y, z }));
        // dashed, where every second stretch is left out
        if (kind !== 'clear' || i % 2 === 1) shape.addCylinder({ start, end, radius, fromCap: 2, toCap: 2 });
      }
    }
  };
  /** All lines are seen, and what they are about lies in the middle. */
  const centre = (viewer, model, wires) => {
    const of = (points) => {
      const ends = [0, 1, 2].map((k) => points.map((x) => x[k]));
      const middle = ends.map((own) => (Math.min(...own) + Math.max(...own)) / 2);
      return { middle, reach: Math.max(...points.map((x) => Math.hypot(...x.map((value, k) => value - middle[k])))) };
    };
    const atoms = model.selectedAtoms({}).map(({ x, y, z }) => [x, y, z]);
    const [small, all] = [of(atoms), of([...atoms, ...wires.flatMap(({ points }) => points)])];
    viewer.zoom(small.reach / all.reach);
    const view = viewer.getView();
    // what turns is turned about the middle of all
    view.splice(0, 3, ...all.middle.map((x) => -x));
    viewer.setView(view);
  };
  const open = (place) => {
    if (viewers.has(place) || alone.has(place)) return;
    const own = structures[Number(place.dataset.structure)];
    const inside = document.createElement('div');
    inside.className = 'turned';
    place.append(inside);
    let viewer;
    try {
      viewer = $3Dmol.createViewer(inside, { backgroundColor: 'white', antialias: true, disableFog: true });
      if (!viewer) throw new Error('no WebGL');
    } catch {
      inside.remove();
      watcher.disconnect();
      tell('This browser has no WebGL: the structures stand still.');
      return;
    }
    const model = viewer.addModel(own.pdb, 'pdb', { keepH: true, assignBonds: false });
    bind(model, own.bonds);
    style(viewer, own);
    viewer.zoomTo();
    if (own.wires) {
      // what is drawn around a structure is seen as a whole, and turned by itself
      draw(viewer, own.wires);
      viewer.setSlab(-200, 200);
      centre(viewer, model, own.wires);
      alone.set(place, viewer);
      viewer.render();
    } else {
      viewers.set(place, viewer);
      view ??= viewer.getView();
      viewer.setView(view, true);
      viewer.render();
      viewer.setViewChangeCallback(follow(viewer));
    }
    place.classList.add('live');
  };
  const close = (place) => {
    const viewer = viewers.get(place) ?? alone.get(place);
    if (!viewer) return;
    viewers.delete(place);
    alone.delete(place);
    const canvas = viewer.getCanvas();
    const context = canvas.getContext('webgl2') || canvas.getContext('webgl');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    place.querySelector('.turned').remove();
    place.classList.remove('live');
  };
  const watcher = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) if (!isIntersecting) close(target);
    for (const { target, isIntersecting } of seen) if (isIntersecting) open(target);
  }, { rootMargin: '200px' });
  for (const place of places) {
    // the wheel scrolls the page; with Ctrl it zooms
    place.addEventListener('wheel', (event) => event.ctrlKey || event.stopPropagation(), { capture: true });
    watcher.observe(place);
  }
  tell('Drag to turn, right button or Ctrl and wheel to zoom, Ctrl and drag to move. ');
  if (places.length > 1) {
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = true;
    box.addEventListener('change', () => (together = box.checked));
    label.append(box, ' all together');
    words.append(label);
  }
})();
`;
