// The whole program is CommandLineTool.
