import Ledger
import PromptRegistry

/// `stet complete`: what the shell asks while somebody types.
struct Complete: Command {
  static let usage = "complete …"
  static let summary = "answer what may follow the words of a command line, for completions"
  static let details = """
    The last word is the one under the cursor, and may be empty. One answer a line; what stands
    behind a tab is a remark. Nothing is said where something is wrong.
    """
  static let examples = """
    stet complete -- promote support/
    """

  private let words: [String]

  init(_ arguments: consuming Arguments) throws(CommandError) {
    words = try arguments.words("…")
    try arguments.finish()
  }

  func run(in session: Session) throws(CommandError) -> Verdict {
    let unfinished = Unfinished(
      words.first == "--" ? Array(words.dropFirst()) : words, session.commands)
    var offers = unfinished.offers
    let known = Known(session.at(unfinished.place), for: unfinished)
    for placeholder in unfinished.placeholders { offers += known.offers(for: placeholder) }
    for offer in offers where offer.word.hasPrefix(unfinished.typed) {
      let word = unfinished.glued + offer.word
      session.console.answer(offer.remark.isEmpty ? word : "\(word)\t\(offer.remark)")
    }
    return .yes
  }
}

/// What the registry that is meant knows of the words that may stand in it; it is opened when it is
/// first asked for.
private final class Known {
  private let session: Session
  private let typed: String
  private let meant: NamesMeant
  private lazy var opened = session.openIfRemembered()

  init(_ session: Session, for unfinished: Unfinished) {
    self.session = session
    typed = unfinished.typed
    meant = unfinished.namesMeant
  }

  /// The words that may stand for a placeholder of a usage line; none where these are files or free
  /// text.
  func offers(for placeholder: String) -> [Offer] {
    switch placeholder {
    case "<command>": Unfinished([""], session.commands).offers
    case "<role>": Role.allCases.map { Offer($0.rawValue, "") }
    case "<name@version>": typed.contains("@") ? versions : names
    case "<ref>": typed.contains("@") ? versions + movable : names
    case "<name>", "<pattern>": names
    case "<env>": (opened?.state.policy.environments ?? []).map { Offer($0.name.text, "") }
    case "<member>": (opened?.state.policy.members ?? []).map { Offer($0.name.text, "") }
    case "<service>": services
    case "<id>": requests
    default: Self.choices(placeholder)
    }
  }

  /// The words themselves of a placeholder such as `bash|zsh|fish`.
  private static func choices(_ placeholder: String) -> [Offer] {
    guard placeholder.contains("|") else { return [] }
    return placeholder.split { "<|>".contains($0) }.map { Offer(String($0), "") }
  }

  private var names: [Offer] {
    var names: Set<PromptName> = []
    if let opened {
      names.formUnion(knowing { () throws(RegistryError) in try opened.state.names() })
      // A workspace that cannot be read is told by the command that is being typed.
      names.formUnion((try? opened.workspace().files.names()) ?? [])
    }
    return names.filter { meant.includes($0) }.sorted().map { Offer($0.text, "") }
  }

  private var versions: [Offer] {
    guard let opened, let prompt else { return [] }
    let numbers = knowing { () throws(RegistryError) in try opened.state.versions(of: prompt) }
    return numbers.reversed().map {
      Offer("\(prompt)@\($0.version)", $0.isYanked ? "yanked" : "")
    }
  }

  private var movable: [Offer] {
    guard prompt != nil else { return [] }
    let environments = (opened?.state.policy.environments ?? []).map(\.name.text)
    return (["latest"] + environments).map { Offer("\(typedName)@\($0)", "") }
  }

  private var typedName: String { String(typed.prefix { $0 != "@" }) }

  /// The prompt in front of the `@`; nil where none can be meant by such a text.
  private var prompt: PromptName? {
    // A text that is no name is told by the command that is being typed.
    (try? PromptName(typedName)).flatMap { meant.includes($0) ? $0 : nil }
  }

  private var services: [Offer] {
    guard let opened else { return [] }
    let services = knowing { () throws(RegistryError) in try opened.state.services().services }
    return services.map { Offer($0.name.text, "") }
  }

  private var requests: [Offer] {
    guard let opened else { return [] }
    let waiting = knowing { () throws(RegistryError) in
      try opened.state.waitingRequests(for: nil, at: opened.state.time)
    }
    return waiting.map { Offer(String($0.id), $0.title) }
  }

  /// What can be read of it.
  private func knowing<Element>(
    _ read: () throws(RegistryError) -> [Element]
  ) -> [Element] {
    // Errors belong to the command that is being typed, not to its completion.
    (try? read()) ?? []
  }
}

extension Session {
  /// The same run with another registry, if one is named.
  fileprivate func at(_ place: String?) -> Session {
    var session = self
    if let place { session.place = surroundings.path(place) }
    return session
  }

  /// The registry, if it has been verified here before: nobody waits at a prompt for a whole ledger
  /// to be verified.
  fileprivate func openIfRemembered() -> Opened? {
    // As above.
    guard let place = try? Place.find(self), (try? memory(of: place)?.recall()) != nil else {
      return nil
    }
    // As above.
    return try? open()
  }
}
