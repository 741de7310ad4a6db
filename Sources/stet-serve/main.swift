import Platform
import Service

// A server's libraries are loaded by this program alone; every other command starts without them.
Process.exit(ServeTool.runThisProcess())
