import Platform
import Keys
import PromptReading
import PromptRegistry

/// What keeps `pin` and `vendor` from doing their work.
enum PinningError: Error {
  /// There is no lock in the folder.
  case noLock(String)
  /// Nothing says where the registry is.
  case noSource
  /// Somebody changed what the lock of this path says.
  case changedLock(String)
  case notPinned(PromptName, pinned: [String])
  /// Partials come with what includes them.
  case partial(PromptName)
  /// The lock is of one registry, and another one answered.
  case otherRegistry(expected: Digest, found: Digest)
  /// What was sent is not what was pinned, or not what the service says it is.
  case otherBytes(Reference, expected: String, Digest)
  /// The lock lists other partials than the version has.
  case otherIncludes(Pin)
  /// A folder that is not ours alone, and the first thing in it that is not.
  case occupied(String, by: String)
  case badURL(String)
  case badToken
  /// The service wants a token.
  case tokenNeeded(String)
  /// The service does not take the token that it was sent.
  case tokenRefused(String)
  /// A token would be sent where others can read it.
  case unencrypted(String)
  case noCurl
  case offline(String, Silence)
  /// The service said no, in its own words.
  case refused(ErrorCode, String, hint: String?)
  case notAService(String)
}

extension PinningError {
  /// What programs branch on.
  var code: ErrorCode {
    switch self {
    case .noLock, .noSource, .badURL, .badToken, .noCurl: .usage
    case .changedLock, .otherIncludes: .checkFailed
    case .notPinned, .partial: .unknownPrompt
    case .otherRegistry, .otherBytes: .notVerified
    case .occupied, .tokenNeeded, .tokenRefused, .unencrypted: .notPermitted
    case .offline, .notAService: .offline
    case .refused(let code, _, _): code
    }
  }

  /// What was asked, and what stands against it.
  var message: String {
    switch self {
    case .noLock(let folder): "there is no '\(PinLock.fileName)' in '\(folder)'"
    case .noSource: "nothing says where the registry is"
    case .changedLock(let path): "'\(path)' was changed by hand"
    case .notPinned(let name, _): "'\(name)' is not pinned"
    case .partial(let name): "'\(name)' is a partial, which no program reads by itself"
    case .otherRegistry(let expected, let found):
      "the lock is of the registry \(expected), and \(found) answered"
    case .otherBytes(let reference, let expected, let found):
      "'\(reference)' should be \(expected), and the bytes that came are \(found)"
    case .otherIncludes(let pin):
      "the lock lists other partials of '\(pin.name)' \(pin.version) than there are"
    case .occupied(let folder, let stray): "'\(folder)' holds '\(stray)', which nobody pinned"
    case .badURL(let text): "'\(text)' is no address of a service"
    case .badToken: "\(WebClient.tokenVariable) holds something that is no token"
    case .tokenNeeded(let url): "'\(url)' answers only those who have a token"
    case .tokenRefused(let url):
      "'\(url)' does not take the token in \(WebClient.tokenVariable)"
    case .unencrypted(let url): "the token would travel to '\(url)' unencrypted"
    case .noCurl: "the program 'curl' is not here, which reads from services"
    case .offline(let url, let silence): "'\(url)' does not answer: \(silence)"
    case .refused(_, let detail, _): detail
    case .notAService(let url): "'\(url)' answers, but not as a registry's service does"
    }
  }

  /// What may help.
  var hint: String? {
    switch self {
    case .noLock: "'stet pin <ref> --from <url or folder>' begins one"
    case .noSource: "--from takes its folder, or the URL of its service"
    case .changedLock:
      "take back the change, or 'stet pin --update' looks again for all that it asks for"
    case .notPinned(_, let pinned):
      pinned.isEmpty ? "nothing is" : "there are \(pinned.joined(separator: ", "))"
    case .partial: "pin what includes it"
    case .otherRegistry: "--from names where it is; for another registry begin a new lock"
    case .otherBytes: "a version never changes: ask who runs the registry"
    case .otherIncludes(let pin): "'stet pin --update \(pin.name)' writes it anew"
    case .occupied: "take it away, or name a folder for 'stet vendor' alone with --into"
    case .badURL: "it is written like 'https://prompts.example.com'"
    case .badToken: "a token begins with 'stet_' and has no blanks"
    case .tokenNeeded:
      "put the one that 'stet service add' printed into \(WebClient.tokenVariable)"
    case .tokenRefused:
      "it may have run out or been taken back: 'stet service list' says which hold"
    case .unencrypted: "use https"
    case .noCurl: "install it, or name a folder with --from"
    case .offline: "try again, or name another place with --from"
    case .refused(_, _, let hint): hint
    case .notAService: "--from takes the part of its address in front of '/v1'"
    }
  }
}

extension ErrorReport {
  /// The report of a vendored folder or of a lock that cannot be read.
  init(_ error: ReadingError) {
    switch error.problem {
    case .platform(let error):
      self.init(code: ErrorCode(word: error.kind), message: error.message, hint: error.hint)
    case .changed:
      self.init(
        code: .checkFailed, message: error.description,
        hint: "'stet vendor' writes what was pinned")
    case .lock(_, .newerFormat):
      self.init(
        code: .newerFormat, message: error.description, hint: "a newer 'stet' can read it")
    case .lock(_, .changed):
      self.init(
        code: .checkFailed, message: error.description,
        hint: "'stet vendor' writes what was pinned")
    case .noLock, .lock, .unknownPrompt, .prompt, .schema, .notEncodable, .invalidInput, .notJSON,
      .noContract, .invalidOutput, .notDecodable:
      self.init(code: .badInput, message: error.description, hint: nil)
    }
  }
}

/// Gives the errors of one expression about a lock or a vendored folder the type of commands.
func readingErrors<Result>(
  in expression: @autoclosure () throws(ReadingError) -> Result
) throws(CommandError) -> Result {
  do throws(ReadingError) { return try expression() } catch { throw .reading(error) }
}
