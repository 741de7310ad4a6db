import Platform
import PromptRegistry

/// Everything that keeps a command from doing what it was asked.
enum CommandError: Error {
  case usage(UsageError)
  case platform(PlatformError)
  case registry(RegistryError)
}

extension ErrorReport {
  /// The one report of each error.
  init(_ error: CommandError) {
    switch error {
    case .usage(let error):
      self.init(code: .usage, message: error.message, hint: error.guess)
    case .platform(let error):
      self.init(code: error.code, message: error.message, hint: error.hint)
    case .registry(let error):
      self.init(
        code: error.code, message: ErrorText.message(error), hint: ErrorText.hint(error))
    }
  }
}
