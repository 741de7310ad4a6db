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
    case .wrongIndex: .busy
    case .remote(_, let problem): problem.code
    case .signing: .notPermitted
    case .git, .platform: obstacle?.code ?? .internal
    case .badNonce, .packing, .key: .internal
    }
  }
}

extension Obstacle {
  fileprivate var code: ErrorCode {
    switch self {
    case .full, .size: .limit
    case .rights: .notPermitted
    case .settings, .reference: .notARegistry
    case .absent: .badInput
    case .others: .busy
    }
  }
}

extension RemoteProblem {
  fileprivate var code: ErrorCode {
    switch self {
    case .unreachable, .lost, .unsettled, .perhapsShared, .failed: .offline
    case .noRepository, .empty, .noLedger: .notARegistry
    case .taken: .nothingChanged
    case .needsPassword, .denied, .unknownHostKey, .refused: .refusedByHost
    case .changedHostKey, .strayed: .notVerified
    case .overtaken: .busy
    }
  }
}
