import type { Argument } from 'commander';
import { z } from 'zod';
import { setting } from '../../support/index.js';

/** The result for scripts, which every command has. */
export const jsonSettings = (description: string) => ({
  json: setting(z.boolean().optional(), { flag: 'json', description }),
});

/** Where a command writes. */
export const outputSettings = (description: string) => ({
  output: setting(z.string(), { flag: 'output', short: 'o', value: 'file', description }),
});

/** The same of commands that need not write. */
export const optionalOutputSettings = (description: string, otherwise?: string) => ({
  output: setting(z.string().optional(), {
    flag: 'output',
    short: 'o',
    value: 'file',
    description,
    otherwise,
  }),
});

/** A file that is named. */
export const fileSetting = (flag: string, description: string) =>
  setting(z.string().optional(), { flag, value: 'file', description });

/** Weights of a model that lie beside it. */
export const externalDataSettings = {
  externalData: setting(z.boolean().optional(), {
    flag: 'external-data',
    description: 'read weights that lie in a file beside the model, as torch.onnx.export writes them',
  }),
};

/** An argument with the words that it may be, for completion; whoever reads it refuses others in his own words. */
export function withChoices(argument: Argument, choices: readonly string[]): Argument {
  argument.argChoices = [...choices];
  return argument;
}
