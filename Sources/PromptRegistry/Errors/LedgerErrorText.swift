import Ledger

extension LedgerError {
  /// What programs branch on; the words are Ledger's own.
  package var code: ErrorCode {
    switch self {
    case .missing: .notARegistry
    case .broken: .notVerified
    case .futureFormat: .newerFormat
    case .tooLarge: .limit
    case .text: .badInput
    case .emptyChange: .nothingChanged
    case .busy, .foreignLock, .parentAhead: .busy
    case .refusedByRules: .ruleNotMet
    case .badMemory: .notVerified
    case .signing: .notPermitted
    case .git, .platform: obstacle?.code ?? .internal
    case .badNonce, .key: .internal
    }
  }
}

extension Obstacle {
  fileprivate var code: ErrorCode {
    switch self {
    case .full: .limit
    case .rights: .notPermitted
    case .settings: .notARegistry
    case .others: .busy
    }
  }
}
