// The site: pages of docs and of the checkout, in VitePress's own look, with a search that needs no server.
import { cpSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig } from 'vitepress';
import {
  anchorOf,
  angleBracketsAreText,
  functionPages,
  indentedCode,
  linksBetweenPages,
} from './markdown.mjs';
import { downloads, otherFiles, pagesByFile, root, sidebar } from './pages.mjs';

export default defineConfig({
  title: 'latentcv',
  description: 'Collective variables learned from simulation, usable in any PLUMED run',
  // none: a browser would look for one at the root of the host
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  srcDir: relative(join(root, 'site'), root),
  srcExclude: otherFiles(),
  rewrites: pagesByFile(),
  cleanUrls: false,
  lastUpdated: false,
  markdown: {
    theme: { light: 'github-light', dark: 'github-dark' },
    anchor: { slugify: anchorOf },
    // Shiki has no grammar of PLUMED's inputs; comments and KEYWORD=value are as in these
    languageAlias: { plumed: 'ini' },
    config(md) {
      angleBracketsAreText(md);
      linksBetweenPages(md);
      indentedCode(md);
      functionPages(md, {
        latentcv: 'index',
        'latentcv/plumed': 'public_plumed',
        'latentcv/free-energy': 'public_free-energy',
        'latentcv/native': 'public_native',
        'latentcv/graph': 'graph',
      });
    },
  },
  // what lies beside the pages; scripts/docs.mjs looks whether it is there
  ignoreDeadLinks: [/^\.\/library\//, /^\.\/example-/, /\.(ipynb|gro|top)$/],
  buildEnd({ outDir }) {
    cpSync(join(root, 'site', 'public'), outDir, { recursive: true });
    for (const [file, place] of Object.entries(downloads())) cpSync(join(root, file), join(outDir, place));
  },
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Install', link: '/installation' },
      { text: 'Options', link: '/options' },
      { text: 'Methods', link: '/methods/' },
      { text: 'A report', link: '/report' },
      { text: 'Benchmarks', link: '/benchmarks' },
    ],
    sidebar: sidebar(),
    outline: [2, 3],
    externalLinkIcon: true,
  },
});
