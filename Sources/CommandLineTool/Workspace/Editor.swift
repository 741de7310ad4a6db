import Platform
import PromptRegistry

/// Asks a person at a terminal for words, in the editor of their choice.
enum Editor {
  /// The largest text that is taken back.
  private static let sizeLimit = 64 * 1024

  /// What, why and expected impact of a publication.
  static func changeWords(
    about drafts: [Draft], _ opened: Opened, _ session: Session
  ) throws(CommandError) -> ChangeWords {
    let statuses = try registryErrors(in: opened.state.statuses(of: drafts, starts: [:]))
    let remarks = statuses.map { "#   \($0.line)" }.joined(separator: "\n")
    let text = """


      Why:

      Impact:

      # The first lines say what changes; then why, and what you expect of it.
      # Lines that begin with '#' are left out; an empty text publishes nothing.
      # To be published:
      \(remarks)

      """
    let answer = try edit(text, named: "STET_PUBLISH", opened.place, session).text
    let lines = answer.split(separator: "\n", omittingEmptySubsequences: false)
    let words = ChangeWords(text: lines.filter { !$0.hasPrefix("#") }.joined(separator: "\n"))
    guard !words.what.isEmpty else { throw .usage(.missingOption("-m")) }
    return words
  }

  /// What a person wrote. The file stays until the next time, so that nothing is lost where it
  /// cannot be used.
  struct Edited {
    let text: String
    let file: String
  }

  /// What the person chose; without a terminal nothing that waits for keys is begun by itself.
  private static func program(_ session: Session) throws(CommandError) -> String {
    let surroundings = session.surroundings
    if let chosen = surroundings.variable("VISUAL") ?? surroundings.variable("EDITOR") {
      return chosen
    }
    guard session.console.answers.isTerminal else { throw .noEditor }
    return "vi"
  }

  /// Lets a person change a text, and gives back what was saved.
  static func edit(
    _ text: String, named name: String, _ place: Place, _ session: Session
  ) throws(CommandError) -> Edited {
    let surroundings = session.surroundings
    let program = try program(session)
    let file = "\(place.root)/\(name)"
    let ending = try platformErrors { () throws(PlatformError) in
      try FileSystem.replace(file, Array(text.utf8), permissions: 0o600)
      let command = Platform.Command(
        "sh", ["-c", "exec \(program) \"$1\"", program, file],
        environment: surroundings.environment)
      return try Subprocess.runAtTerminal(command)
    }
    guard ending.isSuccess else { throw .editorFailed(program, kept: file) }
    return try platformErrors { () throws(PlatformError) in
      let bytes = try FileSystem.read(file, limit: sizeLimit)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .notText(subject: file)
      }
      return Edited(text: text, file: file)
    }
  }
}
