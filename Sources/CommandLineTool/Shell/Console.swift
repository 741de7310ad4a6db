import Notation
import Platform
import Synchronization

/// Where a command's words go.
///
/// The answer is kept and handed over when the command has ended, so that an answer is all or
/// nothing and can be paged; talk is said at once.
final class Console: Sendable {
  /// Whether a person or a program reads the answer.
  let form: OutputForm
  /// Standard output and what is known of it.
  let answers: Channel
  /// Standard error and what is known of it.
  let talk: Channel
  private let kept = Mutex<[UInt8]>([])
  private let said = Mutex<Set<String>>([])

  init(form: OutputForm, answers: Channel, talk: Channel) {
    self.form = form
    self.answers = answers
    self.talk = talk
  }

  /// Adds a line to the answer.
  func answer(_ line: String) { answer(exactly: line + "\n") }

  /// Adds a text to the answer as it is.
  func answer(exactly text: String) { answer(exactly: Array(text.utf8)) }

  /// Adds bytes to the answer as they are, whether or not they are text.
  func answer(exactly bytes: [UInt8]) { kept.withLock { $0 += bytes } }

  /// Adds one JSON object to the answer: indented for a person at a terminal, else on one line.
  func answer(_ value: Value) {
    answer(JSON.text(value, indent: answers.isTerminal ? 2 : nil))
  }

  /// Says a line beside the answer.
  func say(_ line: String) { talk.tell(line + "\n") }

  /// Says a line beside the answer, unless it was said so before.
  func sayOnce(_ line: String) {
    if said.withLock({ $0.insert(line).inserted }) { say(line) }
  }

  /// Takes what has been answered so far.
  func takeAnswer() -> [UInt8] {
    kept.withLock { kept in
      defer { kept = [] }
      return kept
    }
  }

  /// Hands over what has been answered so far: for commands that go on after answering.
  func flush() throws(PlatformError) { try answers.write(takeAnswer()) }

  /// How the answer is marked up.
  var ink: Ink { Ink(isOn: form == .text && answers.hasColour) }
}

/// Who reads the answer.
enum OutputForm: Hashable, Sendable {
  case text
  case json

  /// What the words of a command line ask for, whether or not anybody understands the rest.
  init(askedBy words: [String]) {
    self = words.prefix { $0 != "--" }.contains("--json") ? .json : .text
  }
}

/// One of the two ways out, and what is known of its other end.
struct Channel: Sendable {
  /// Hands bytes over, or says why they did not arrive.
  let write: @Sendable ([UInt8]) throws(PlatformError) -> Void
  /// Whether a person watches.
  let isTerminal: Bool
  /// Whether the person wants colours.
  let hasColour: Bool
  /// Columns of the terminal, if there is one.
  let width: Int?
  /// Lines of the terminal, if there is one.
  let height: Int?

  init(
    isTerminal: Bool = false, hasColour: Bool = false, width: Int? = nil, height: Int? = nil,
    write: @escaping @Sendable ([UInt8]) throws(PlatformError) -> Void
  ) {
    self.write = write
    self.isTerminal = isTerminal
    self.hasColour = hasColour
    self.width = width
    self.height = height
  }

  /// Hands over what may get lost: there is nobody else who could be told that nobody reads it.
  func tell(_ text: String) { try? write(Array(text.utf8)) }
}
