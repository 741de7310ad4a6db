import Ledger
import Notation
import Platform
import PromptRegistry

/// `stet hook pre-receive`: what a host lets in.
struct Hook: Command {
  static let usage = "hook <name>"
  static let summary = "run by git at a host: let a push in only where every rule holds"
  static let details = """
    The only one is 'pre-receive'. It judges the pushed entries as every reader will, while they \
    are still in quarantine. It refuses other references, and entries that are dated more than five \
    minutes off this host's clock. 'stet host init' puts it in place.
    """

  private static let preReceive = "pre-receive"

  init(_ arguments: consuming Arguments) throws(CommandError) {
    let name: String = try arguments.word("<name>")
    guard name == Self.preReceive else {
      throw .usage(
        .badValue(of: "<name>", text: name, expected: "only '\(Self.preReceive)' is there"))
    }
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let pushed = try pushedReferences(session)
    let refusal = try registryErrors { () throws(RegistryError) in
      let registry = try Registry.openForPush { session.memory(of: Place(bare: $0)) }
      return try registry.refusal(of: pushed, now: session.surroundings.now())
    }
    if let refusal { throw .refusedPush(refusal) }
    return .yes
  }

  private func pushedReferences(_ session: Session) throws(CommandError) -> [PushedReference] {
    let input = try platformErrors(in: session.surroundings.input(PushedReference.inputLimit))
    var pushed: [PushedReference] = []
    for line in String(decoding: input, as: UTF8.self).split(separator: "\n") {
      guard let reference = PushedReference(line: line) else { throw .refusedPush(.malformed) }
      pushed.append(reference)
    }
    return pushed
  }
}
