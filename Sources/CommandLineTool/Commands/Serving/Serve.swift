import Platform
import PromptRegistry

/// `stet serve`: answers other programs over HTTP.
struct Serve: Command {
  static let usage = """
    serve [--listen <address>] [--tls-cert <file>] [--tls-key <file>] [--threads <n>] \
    [--cache <size>] [--behind-proxy] [--log] [--connections <n>] [--connections-per-address <n>] \
    [--header-bytes <n>] [--body-bytes <n>] [--idle-seconds <n>] [--request-seconds <n>] \
    [--event-streams <n>] [--requests-per-second <n>]
    """
  static let summary = "answer other programs over HTTP"
  static let details = """
    Listens on 127.0.0.1:7878 where nothing else is said. Beyond this machine it needs enrolled \
    services and TLS, or --behind-proxy where a proxy ends TLS. SIGTERM stops it, SIGHUP reads the \
    certificate again. It becomes the program 'stet-serve' beside this one.
    """
  static let examples = """
    stet serve
    stet serve --listen 0.0.0.0:7878 --tls-cert cert.pem --tls-key key.pem
    """

  private let words: [String]

  private static let values = [
    "--listen", "--tls-cert", "--tls-key", "--threads", "--cache", "--connections",
    "--connections-per-address", "--header-bytes", "--body-bytes", "--idle-seconds",
    "--request-seconds", "--event-streams", "--requests-per-second",
  ]

  init(_ arguments: consuming Arguments) throws(CommandError) {
    var words: [String] = []
    for name in Self.values {
      let value: String? = try arguments.option(name)
      if let value { words += [name, value] }
    }
    for name in ["--behind-proxy", "--log"] where arguments.flag(name) { words.append(name) }
    self.words = words
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let place = try Place.find(session)
    guard let state = session.stateFolder else { throw .noHome }
    let program = try platformErrors { () throws(PlatformError) in
      let own = try Environment.executablePath()
      let folder = own.lastIndex(of: "/").map { own[..<$0] } ?? ""
      return "\(folder)/stet-serve"
    }
    let isThere = try platformErrors(in: FileSystem.kind(of: program) == .file)
    guard isThere else { throw .noServer(program) }
    let form = session.console.form == .json ? ["--json"] : []
    let ledger = try platformErrors(in: FileSystem.realPath(place.ledger))
    throw .platform(
      Subprocess.become(
        Platform.Command(
          program, ["--ledger", ledger, "--state", state] + words + form,
          environment: session.surroundings.environment)))
  }
}
