import Platform

/// One run of the program: its surroundings and the options that every command takes.
struct Session: Sendable {
  /// What the command may depend on.
  let surroundings: Surroundings
  /// Where its words go.
  let console: Console
  /// All commands there are.
  let commands: CommandTable
  /// The registry or workspace that `-C` or `STET_REGISTRY` names; nil means to look for one.
  var place: String?
  /// The key file that was named by `--key` or `STET_KEY`.
  let keyFile: String?

  /// The options that every command takes.
  static let usage = Usage("stet [-C <dir>] [--key <file>] [--json] [-h|--help]")

  init(
    _ surroundings: Surroundings, _ console: Console, _ commands: CommandTable,
    _ arguments: inout Arguments
  ) throws(CommandError) {
    self.surroundings = surroundings
    self.console = console
    self.commands = commands
    _ = (arguments.flag("--json"), arguments.flag("--help"))
    let place: String? = try arguments.option("-C")
    let keyFile: String? = try arguments.option("--key")
    self.place = (place ?? surroundings.variable("STET_REGISTRY")).map(surroundings.path)
    self.keyFile = (keyFile ?? surroundings.variable("STET_KEY")).map(surroundings.path)
  }

  /// For answers in colour on a terminal.
  var ink: Ink { console.ink }
}

extension Session {
  /// The bytes of a file that was named on the command line; `-` is standard input.
  func contents(of file: String, limit: Int) throws(CommandError) -> [UInt8] {
    do throws(PlatformError) {
      return file == "-"
        ? try surroundings.input(limit)
        : try FileSystem.readStream(surroundings.path(file), limit: limit)
    } catch {
      throw .platform(error)
    }
  }
}
