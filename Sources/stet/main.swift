import CommandLineTool
import Platform

// Whoever reads us may leave early, as `head` does: that must not end us in the middle of a change.
Signals.ignoreBrokenPipes()
StandardStream.occupyClosed()
Process.exit(Tool.runThisProcess())
