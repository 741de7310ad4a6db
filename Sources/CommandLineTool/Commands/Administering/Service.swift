import Keys
import Notation
import PromptRegistry

/// `stet service add`: a program that may read, and its token.
struct ServiceAdd: Command {
  static let usage = """
    service add <service> --read <pattern>… [--env <env>]… [--expires <time>] [--operator] \
    [--dry-run]
    """
  static let summary = "let a program read prompts over HTTP, and print its token once"
  static let details = """
    The ledger holds only the token's digest. A service may have several tokens: to rotate, add, \
    deploy, revoke. --expires is a time, or a length such as 90d.
    """
  static let examples = """
    stet service add billing-api --read 'billing/**' --env production --expires 90d
    """

  private let name: ServiceName
  private let patterns: [String]
  private let environments: [EnvironmentName]
  private let expires: String?
  private let reach: Reach
  private let effect: Effect

  private enum Reach { case prompts, `operator` }

  init(_ arguments: consuming Arguments) throws(CommandError) {
    patterns = (try arguments.options("--read") as [String]).withoutRepetitions
    environments = (try arguments.options("--env") as [EnvironmentName]).withoutRepetitions
    expires = try arguments.option("--expires")
    reach = arguments.flag("--operator") ? .operator : .prompts
    effect = arguments.effect()
    name = try arguments.word("<service>")
    try arguments.finish()
    if patterns.isEmpty { throw .usage(.missingOption("--read")) }
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open(for: effect)
    let grant = Grant(
      read: try patterns.map { text throws(CommandError) in try Self.pattern(text) },
      environments: environments, expires: try expiry(session), isOperator: reach == .operator)
    let token = ServiceToken(session.surroundings.random(ServiceToken.byteCount))
    let outcome = try session.write(opened, effect) { state, pen throws(RegistryError) in
      try state.addingService(name, grant, hash: token.hash, pen)
    }
    switch session.console.form {
    case .text:
      guard outcome.entry != nil else {
        session.console.answer("would have added a token of \(name)")
        return .yes
      }
      session.console.answer(token.text)
      session.console.say("this token of \(name) is shown once; it is stored nowhere")
    case .json:
      session.console.answer([
        "entry": Field.number(outcome.entry),
        "token": outcome.entry == nil ? .null : .string(token.text),
      ])
    }
    return .yes
  }

  private func expiry(_ session: Session) throws(CommandError) -> Timestamp? {
    guard let expires else { return nil }
    let now = session.surroundings.now()
    let length = Soak.seconds(expires).map { Timestamp(seconds: now.seconds + Int64($0)) }
    guard let time = Timestamp(rfc3339: expires) ?? length else {
      throw .registry(.badTime(expires))
    }
    guard time > now else {
      throw .usage(
        .badValue(
          of: "--expires", text: expires,
          expected: "it is a time to come, as an expired token opens nothing"))
    }
    return time
  }

  private static func pattern(_ text: String) throws(CommandError) -> NamePattern {
    guard let pattern = NamePattern(text) else {
      throw .usage(
        .badValue(of: "--read", text: text, expected: "it is written like 'billing/**'"))
    }
    return pattern
  }
}

/// `stet service revoke`: a token that opens nothing any more.
struct ServiceRevoke: EntryVerb {
  static let usage = "service revoke <service> [<entry>] [--dry-run]"
  static let summary = "take away all tokens of a service, or the one that an entry enrolled"
  static let details = """
    A running 'stet serve' notices it within a second.
    """
  static let examples = """
    stet service revoke billing-api
    """

  private let name: ServiceName
  private let entry: Int?
  let effect: Effect

  init(_ arguments: consuming Arguments) throws(CommandError) {
    effect = arguments.effect()
    name = try arguments.word("<service>")
    entry = try arguments.optionalWord("<entry>")
    try arguments.finish()
  }

  var deed: String { "revoked \(entry.map { "token \($0)" } ?? "every token") of \(name)" }

  func plan(_ state: State, _ pen: Pen) throws(RegistryError) -> Plan<Int> {
    try state.revokingService(name, tokenOf: entry, pen)
  }
}

/// `stet service list`: who may read.
struct ServiceList: Command {
  static let usage = "service list"
  static let summary = "list the programs that may read, and what their tokens open"
  static let examples = """
    stet service list
    """

  init(_ arguments: consuming Arguments) throws(CommandError) { try arguments.finish() }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let opened = try session.open()
    let record = try registryErrors(in: opened.state.services())
    switch session.console.form {
    case .json: session.console.answer(record.value)
    case .text:
      for service in record.services {
        for token in service.tokens {
          let read = token.read.map(\.text).joined(separator: " ")
          let places = token.environments.map(\.text).joined(separator: " ")
          let expires = token.expires.map { ", until \($0)" } ?? ""
          session.console.answer(
            "\(service.name)  token \(token.entry)  \(read)\(places.isEmpty ? "" : " in \(places)")"
              + expires + (token.isOperator ? ", operator" : ""))
        }
      }
    }
    return .yes
  }
}
