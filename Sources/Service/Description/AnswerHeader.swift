import Notation

/// A header that answers bear beside `Content-Type`, which OpenAPI knows otherwise.
package enum AnswerHeader: String, CaseIterable, Sendable {
  case cacheControl = "Cache-Control"
  case etag = "ETag"
  case link = "Link"
  case stetVersion = "Stet-Version"
  case stetDigest = "Stet-Digest"
  case stetEntry = "Stet-Entry"
  case stetTip = "Stet-Tip"
  case stetYanked = "Stet-Yanked"
  case stetRetired = "Stet-Retired"
  case allow = "Allow"
  case authenticate = "WWW-Authenticate"
  case retryAfter = "Retry-After"
  case acceptEncoding = "Accept-Encoding"
  case contentTypeOptions = "X-Content-Type-Options"
  case buffering = "X-Accel-Buffering"

  /// What it says.
  var meaning: String {
    switch self {
    case .cacheControl: "who may keep the answer, and for how long"
    case .etag: "the name of exactly these bytes, for If-None-Match"
    case .link: "where the next page is"
    case .stetVersion: "the version that was read"
    case .stetDigest: "its digest"
    case .stetEntry: "the entry that published the version, or that set the pin"
    case .stetTip: "the newest entry when something was read that the next may change"
    case .stetYanked: "why the version was withdrawn, percent-encoded; a long reason's beginning"
    case .stetRetired: "nothing new will come of the prompt"
    case .allow: "the methods that are answered"
    case .authenticate: "that a bearer token is needed"
    case .retryAfter: "the seconds after which to ask again"
    case .acceptEncoding: "how a body may be sent"
    case .contentTypeOptions: "that the type is what it says"
    case .buffering: "that a proxy passes each event on at once"
    }
  }

  /// The JSON Schema of its text.
  var schema: Value {
    switch self {
    case .stetEntry, .stetTip, .retryAfter: ["type": "integer", "minimum": 0]
    case .stetDigest: ["type": "string", "pattern": "^sha256:[0-9a-f]{64}$"]
    case .stetRetired: ["const": "true"]
    case .stetYanked:
      ["type": "string", "maxLength": .number(Double(ReasonHeader.byteLimit))]
    case .cacheControl, .etag, .link, .stetVersion, .allow, .authenticate, .acceptEncoding,
      .contentTypeOptions, .buffering:
      ["type": "string"]
    }
  }
}

/// Which headers an answer bears.
package struct AnswerHeaders: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// Those that it always has.
  var always: [AnswerHeader]
  /// Those that it has where there is something to say.
  var sometimes: [AnswerHeader] = []

  package init(arrayLiteral always: AnswerHeader...) { self.always = always }

  init(always: [AnswerHeader], sometimes: [AnswerHeader]) {
    self.always = always
    self.sometimes = sometimes
  }

  static func + (left: AnswerHeaders, right: AnswerHeaders) -> AnswerHeaders {
    AnswerHeaders(
      always: left.always + right.always, sometimes: left.sometimes + right.sometimes)
  }

  /// The object `headers` of an answer's description.
  var value: Value {
    func described(_ headers: [AnswerHeader], isRequired: Bool) -> [(String, Value)] {
      headers.map { header in
        (
          header.rawValue,
          [
            "description": .string(header.meaning), "required": .bool(isRequired),
            "schema": header.schema,
          ]
        )
      }
    }
    return .map(
      ValueMap(
        described(always, isRequired: true) + described(sometimes, isRequired: false)))
  }
}
