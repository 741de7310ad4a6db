/// What programs branch on: one word, one exit code, and the HTTP statuses it may come with.
package enum ErrorCode: String, CaseIterable, Sendable {
  case usage
  case badName = "bad-name"
  case badReference = "bad-reference"
  case badInput = "bad-input"
  case unknownPrompt = "unknown-prompt"
  case unknownVersion = "unknown-version"
  case unknownEnvironment = "unknown-environment"
  case unknownRequest = "unknown-request"
  case unknownEntry = "unknown-entry"
  case unknownMember = "unknown-member"
  case unknownService = "unknown-service"
  case nothingChanged = "nothing-changed"
  case outdatedDraft = "outdated-draft"
  case pinMoved = "pin-moved"
  case yanked
  case checkFailed = "check-failed"
  case inputInvalid = "input-invalid"
  case outputInvalid = "output-invalid"
  case notPermitted = "not-permitted"
  case ruleNotMet = "rule-not-met"
  case limit
  case busy
  case offline
  case refusedByHost = "refused-by-host"
  case notVerified = "not-verified"
  case notARegistry = "not-a-registry"
  case newerFormat = "newer-format"
  case `internal`

  /// The code of a word from elsewhere; one that is none of ours is for us to mend.
  package init(word: some RawRepresentable<String>) {
    self = ErrorCode(rawValue: word.rawValue) ?? .internal
  }

  /// What the process ends with.
  package var exitCode: Int32 {
    switch self {
    case .usage: 2
    case .badName, .badReference, .badInput, .unknownPrompt, .unknownVersion,
      .unknownEnvironment, .unknownRequest, .unknownEntry, .unknownMember, .unknownService,
      .nothingChanged, .outdatedDraft, .pinMoved, .yanked, .checkFailed, .inputInvalid,
      .outputInvalid, .notPermitted,
      .ruleNotMet, .limit, .notARegistry, .newerFormat:
      1
    case .busy, .offline, .refusedByHost: 3
    case .notVerified: 4
    case .internal: 70
    }
  }

  /// What the service answers with, unless HTTP has a status of its own for the case.
  package var httpStatus: Int {
    switch self {
    case .usage, .badName, .badReference: 400
    case .badInput, .checkFailed, .inputInvalid, .outputInvalid: 422
    case .unknownPrompt, .unknownVersion, .unknownEnvironment, .unknownRequest, .unknownEntry,
      .unknownMember, .unknownService:
      404
    case .nothingChanged, .outdatedDraft, .pinMoved, .yanked: 409
    case .notPermitted, .ruleNotMet: 403
    case .limit: 413
    case .busy, .offline, .refusedByHost, .notVerified: 503
    case .notARegistry, .newerFormat, .internal: 500
    }
  }

  /// The statuses that HTTP has for cases which only a service meets.
  package var otherHTTPStatuses: [Int] {
    switch self {
    // No such route; no such method; no such kind of body; no such transfer encoding.
    case .usage: [404, 405, 415, 501]
    // No token, or none that is known.
    case .notPermitted: [401]
    // The header is too long.
    case .limit: [431]
    // A token asks too often.
    case .busy: [429]
    case .badName, .badReference, .badInput, .unknownPrompt, .unknownVersion, .unknownEnvironment,
      .unknownRequest, .unknownEntry, .unknownMember, .unknownService, .nothingChanged,
      .outdatedDraft, .pinMoved, .yanked, .checkFailed, .inputInvalid, .outputInvalid, .ruleNotMet,
      .offline, .refusedByHost, .notVerified, .notARegistry, .newerFormat, .internal:
      []
    }
  }

  /// Every status that it may come with.
  package var httpStatuses: [Int] { [httpStatus] + otherHTTPStatuses }
}
