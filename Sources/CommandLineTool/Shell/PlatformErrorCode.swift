import Platform
import PromptRegistry

extension PlatformError {
  var code: ErrorCode {
    switch self {
    case .missing, .exists, .wrongKind: .badInput
    case .denied, .readOnly: .notPermitted
    case .full, .tooLarge: .limit
    case .locked, .timedOut: .busy
    case .closedPipe, .system: .internal
    }
  }
}
