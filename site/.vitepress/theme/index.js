// VitePress's own look in the fonts of the reader's machine: nothing is fetched from elsewhere.
import theme from 'vitepress/theme-without-fonts';
import './site.css';

export default theme;
