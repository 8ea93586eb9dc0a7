#!/usr/bin/env node
import './signals.js';

// after the signals: loading the commands takes a while
await import('./command-line.js');
