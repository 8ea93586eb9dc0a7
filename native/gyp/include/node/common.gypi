# What node-gyp takes from a Node's headers, without those of any Node: the addon asks for the functions alone that every
# Node has, and its flags are its own (native/build.cjs).
{
  'target_defaults': {
    'default_configuration': 'Release',
    'configurations': { 'Debug': {}, 'Release': {} },
  },
}
