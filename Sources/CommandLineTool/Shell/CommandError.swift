import Keys
import Ledger
import Notation
import Platform
import PromptReading
import PromptRegistry

/// Everything that keeps a command from doing what it was asked.
enum CommandError: Error {
  case usage(UsageError)
  case platform(PlatformError)
  case registry(RegistryError)
  /// The command did its work, and its answer could not be written.
  case answerLost(PlatformError)
  /// A file or folder among the drafts whose name is none for a prompt.
  case badFileName(String, InvalidName)
  /// A link where drafts are.
  case link(String)
  /// Neither a workspace nor a ledger is where one was looked for.
  case noRegistry(at: String?)
  /// The place where something is to be made is taken.
  case taken(String)
  /// A folder that is to be a new workspace holds something.
  case notEmpty(String)
  /// A command about a host was given a workspace that has none.
  case noRemote(String)
  /// A push breaks a rule of the registry that it is for.
  case refusedPush(PushRefusal)
  /// A command about drafts was given a ledger alone.
  case noWorkspace(String)
  /// A draft holds what was never published and would be lost.
  case unsavedDraft(PromptName)
  /// A folder that should hold prompts holds none.
  case noPrompts(String)
  /// A draft was named that has no file.
  case noDraft(PromptName, String)
  /// Something was asked of a prompt that is nothing but a draft yet.
  case onlyDraft(PromptName)
  /// A case was named that is not beside the prompts.
  case noCase(String, nearest: String?)
  /// Somebody should write at a terminal, and there is none.
  case noEditor
  /// The editor ended as one that was not to be believed.
  case editorFailed(String, kept: String)
  /// The drafts belong to another ledger than the one beside them.
  case foreignWorkspace(String, expected: Digest, found: Digest)
  /// There is no key to sign with.
  case noKey(String)
  case badKey(String, KeyError)
  /// No environment variable says where files of this person belong.
  case noHome
  /// The program that serves is not beside this one.
  case noServer(String)
  case pinning(PinningError)
  /// A lock or a vendored folder that cannot be read.
  case reading(ReadingError)
}

extension ErrorReport {
  /// The one report of each error.
  init(_ error: CommandError) {
    switch error {
    case .usage(let error):
      self.init(code: .usage, message: error.message, hint: error.guess)
    case .platform(let error):
      self.init(
        code: ErrorCode(word: error.kind), message: error.message, hint: error.hint)
    case .registry(let error):
      self.init(
        code: error.code, message: ErrorText.message(error), hint: ErrorText.hint(error))
      details = ErrorText.details(error)
      values = ErrorText.values(error)
    case .answerLost(let error):
      self.init(
        code: ErrorCode(word: error.kind),
        message: "the answer could not be written: \(error.message)",
        hint: "the command itself was carried out")
    case .badFileName(let path, let name):
      let error = RegistryError.badName(name)
      self.init(
        code: .badName, message: "'\(path)': \(ErrorText.message(error))",
        hint: ErrorText.hint(error))
    case .link(let path):
      self.init(
        code: .badInput, message: "'\(path)' is a link, and drafts are plain files and folders",
        hint: "put there what it points at: nobody can tell later what that was")
    case .noRegistry(let place):
      self.init(
        code: .notARegistry,
        message: place.map { "'\($0)' is neither a workspace nor a registry" }
          ?? "there is no workspace here or in a folder above",
        hint: "'stet init' makes one; '-C <dir>' names another place")
    case .taken(let path):
      self.init(
        code: .nothingChanged, message: "there is a '\(path)' already",
        hint: "a registry is made where nothing is yet")
    case .notEmpty(let path):
      self.init(code: .nothingChanged, message: "'\(path)' is not empty", hint: nil)
    case .noRemote(let path):
      self.init(
        code: .usage, message: "the ledger of '\(path)' is not there, and no host is named for it",
        hint: "whoever has it can add its host as 'remote' to '.stet/workspace.json'")
    case .refusedPush(let refusal):
      self.init(code: .ruleNotMet, message: refusal.message, hint: refusal.hint)
      details = refusal.details
      values = details.map { .string($0) }
    case .noWorkspace(let path):
      self.init(
        code: .notARegistry, message: "'\(path)' is a ledger alone, and drafts need a workspace",
        hint: "'stet clone' makes a workspace on it")
    case .unsavedDraft(let name):
      self.init(
        code: .outdatedDraft, message: "the draft of '\(name)' has changes that are not published",
        hint: "publish it, or move the file away first")
    case .noPrompts(let folder):
      self.init(
        code: .unknownPrompt, message: "there is no '.prompt' file in '\(folder)'", hint: nil)
    case .noDraft(let name, let file):
      self.init(
        code: .unknownPrompt, message: "there is no draft of '\(name)': '\(file)' is missing",
        hint: "'stet new \(name)' begins one, 'stet restore' gets a published one back")
    case .onlyDraft(let name):
      self.init(
        code: .unknownPrompt, message: "there is no prompt named '\(name)', only a draft of it",
        hint: "'stet publish \(name)' makes it a version")
    case .noCase(let name, let nearest):
      self.init(
        code: .usage, message: "there is no case '\(name)'",
        hint: nearest.map { "did you mean '\($0)'?" })
    case .noEditor:
      self.init(
        code: .usage, message: "there is no terminal, and neither VISUAL nor EDITOR is set",
        hint: "'stet policy show' prints the policy, 'stet policy set <file>' takes it back")
    case .editorFailed(let program, let file):
      self.init(
        code: .nothingChanged, message: "'\(program)' did not end well, so nothing was done",
        hint: "what you wrote is in '\(file)'")
    case .foreignWorkspace(let folder, let expected, let found):
      self.init(
        code: .notVerified,
        message: "the drafts in '\(folder)' belong to \(expected), the ledger there is \(found)",
        hint: "somebody may have put another ledger in its place; ask who runs it")
    case .noKey(let file):
      self.init(
        code: .notPermitted, message: "there is no key at '\(file)' to sign with",
        hint: "'stet key new' makes one; '--key <file>' names another")
    case .badKey(let file, let error):
      self.init(
        code: .badInput, message: "'\(file)' cannot be used: \(error)", hint: error.hint)
    case .noHome:
      self.init(
        code: .usage, message: "neither HOME nor XDG_CONFIG_HOME says where your key belongs",
        hint: "name one with '--key <file>'")
    case .noServer(let path):
      self.init(
        code: .usage, message: "the program that serves is not at '\(path)'",
        hint: "install 'stet-serve' into the folder of 'stet'")
    case .pinning(let error):
      self.init(code: error.code, message: error.message, hint: error.hint)
    case .reading(let error):
      self.init(error)
    }
  }
}
