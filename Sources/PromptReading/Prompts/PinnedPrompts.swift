/// The prompts that a program was built with: a folder that `stet vendor` wrote.
///
/// ```swift
/// let prompts = try PinnedPrompts(folder: "vendor/prompts")
/// let triage = try prompts.prompt("support/triage")
/// let rendered = try triage.render(["ticket": "I was charged twice"])
/// send(rendered.messages, to: rendered.model)
/// ```
///
/// Nothing but the folder is needed: no registry, no network, no git. Make one value at the start
/// of the program and share it between threads.
public struct PinnedPrompts: Sendable {
  private let prompts: [String: PinnedPrompt]

  /// Reads the folder, checks every byte of every prompt against the lock in it, and compiles all.
  ///
  /// Throws `.changed` where a file is not what was pinned: better at the start than in use.
  public init(folder: String) throws(ReadingError) {
    let vendored = VendoredFolder(path: folder)
    guard let lock = try vendored.lock() else { throw ReadingError(.noLock(path: folder)) }
    var prompts: [String: PinnedPrompt] = [:]
    for pin in lock.pins {
      prompts[pin.name] = try PinnedPrompt(pin, try vendored.text(of: pin))
    }
    self.prompts = prompts
  }

  /// The names of all prompts, sorted.
  public var names: [String] { prompts.keys.sorted() }

  /// The prompt of this name; which version that is, its lock says.
  public func prompt(_ name: String) throws(ReadingError) -> PinnedPrompt {
    guard let prompt = prompts[name] else {
      throw ReadingError(.unknownPrompt(name, pinned: names))
    }
    return prompt
  }
}
