import Ledger

extension LedgerError {
  /// What went wrong.
  package var message: String {
    switch self {
    case .tooLarge(let path, let limit): "'\(path)' is larger than \(limit) bytes"
    case .text(let flaw): "what was written may not stand in an entry: \(flaw)"
    case .platform(let error): "\(error)"
    }
  }

  /// What may help; nil where nothing more can be said.
  package var hint: String? {
    switch self {
    case .tooLarge, .text, .platform: nil
    }
  }

  /// What programs branch on.
  package var code: ErrorCode {
    switch self {
    case .tooLarge: .limit
    case .text: .badInput
    case .platform: .internal
    }
  }
}
