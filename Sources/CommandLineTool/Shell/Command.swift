import PromptRegistry

/// One thing that `stet` can do.
protocol Command: SendableMetatype {
  /// The usage lines, one for each way to use it, without `stet`: what a person reads, what the
  /// shell completes, and what `Arguments` goes by.
  static var usage: String { get }
  /// One line for the list of commands.
  static var summary: String { get }
  /// What `stet help <command>` says below the usage lines.
  static var details: String { get }
  /// Whole command lines that show how it is meant, one a line.
  static var examples: String { get }
  /// Which names its words and options mean: what a shell offers for them.
  static var namesMeant: NamesMeant { get }
  /// Takes the arguments; nothing has been read or done yet.
  init(_ arguments: consuming Arguments) throws(CommandError)
  /// Does it, and says through the session's console what came of it.
  func run(in session: Session) throws(CommandError) -> Verdict
}

extension Command {
  static var details: String { "" }
  static var examples: String { "" }
  static var namesMeant: NamesMeant { .all }
}

/// Which names a command is about.
enum NamesMeant: Hashable, Sendable {
  /// Prompts, and the partials that they include.
  case all
  /// Only what programs read: a partial goes live, and is pinned, inside of what includes it.
  case prompts

  /// Whether a name is one of them.
  func includes(_ name: PromptName) -> Bool {
    switch self {
    case .all: true
    case .prompts: !name.isPartial
    }
  }
}

/// How a command that did its work ended.
enum Verdict: Hashable, Sendable {
  /// Done, or: yes.
  case yes
  /// A check failed, or: no. The answer says why.
  case no
  /// The ledger does not verify. The answer says why.
  case notVerified
  /// What another program that was run in our place ended with.
  case status(Int32)

  var exitCode: Int32 {
    switch self {
    case .yes: 0
    case .no: 1
    case .notVerified: 4
    case .status(let status): status
    }
  }
}
