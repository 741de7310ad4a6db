import Contracts
import HTTP
import Keys
import Ledger
import Notation
import PromptRegistry
import TestSupport
import Testing

@testable import Service

/// A service of a registry on disk, into which tests write as the command line would.
final class Served {
  let folder: TemporaryFolder
  let registry: Registry
  let key: PrivateKey
  let service: PromptService
  private var seconds: Int64 = 0

  static let triage = """
    ---
    model: some/model
    input:
      schema:
        ticket: string
    output:
      schema:
        label: string
    ---
    Sort this: {{ticket}}

    """

  init(_ options: ServiceOptions = ServiceOptions()) throws {
    folder = try TemporaryFolder()
    key = try PrivateKey.generate(random: [UInt8](repeating: 1, count: 32))
    let alice = try MemberName("alice")
    let founding = try Founding(
      policy: PolicyPreset.solo.policy(founder: alice, key: key.publicKey), founder: alice)
    registry = try Registry.found(
      folder.path + "/registry", memory: nil, founding: founding, Self.order(key, 0)
    ).registry
    service = PromptService(registry, options)
    try service.open()
    try publish("support/triage", Self.triage)
  }

  static func order(_ key: PrivateKey, _ seconds: Int64) -> Order {
    var nonce = String(seconds, radix: 16)
    nonce = String(repeating: "0", count: 32 - nonce.count) + nonce
    return Order(
      signer: .key(key), now: Timestamp(seconds: 1_700_000_000 + seconds), nonce: nonce)
  }

  @discardableResult
  func write<Answer: Sendable>(
    _ decide: (State, Pen) throws(RegistryError) -> Plan<Answer>
  ) throws -> Answer {
    seconds += 1
    let answer = try registry.write(Self.order(key, seconds), decide).answer
    service.refresh()
    return answer
  }

  func publish(_ name: String, _ text: String, from start: String? = nil) throws {
    let draft = Draft(
      name: try PromptName(name), source: Array(text.utf8),
      start: start.flatMap { SemanticVersion($0) })
    let order = PublishOrder([draft], ChangeWords(what: "a change", why: nil, impact: nil))
    _ = try write { state, pen throws(RegistryError) in try state.publishing(order, pen) }
  }

  /// Several prompts in one entry.
  func publish(_ prompts: [(name: String, text: String)]) throws {
    let drafts = try prompts.map { name, text in
      Draft(name: try PromptName(name), source: Array(text.utf8), start: nil)
    }
    let order = PublishOrder(drafts, ChangeWords(what: "a change", why: nil, impact: nil))
    _ = try write { state, pen throws(RegistryError) in try state.publishing(order, pen) }
  }

  func promote(_ name: String, _ version: String, to environment: String) throws {
    try promote([(name, version)], to: environment)
  }

  func promote(_ versions: [(name: String, version: String)], to environment: String) throws {
    let wishes = try versions.map { name, version in
      Wish(name: try PromptName(name), version: SemanticVersion(version))
    }
    let place = try EnvironmentName(environment)
    _ = try write { state, pen throws(RegistryError) in
      try state.promoting(wishes, in: place, reason: "now", pen)
    }
  }

  func enrol(_ read: String, _ environments: [String] = [], operates: Bool = false) throws -> String
  {
    let token = ServiceToken([UInt8](repeating: UInt8(truncatingIfNeeded: seconds), count: 32))
    let grant = Grant(
      read: [try #require(NamePattern(read))],
      environments: try environments.map { try EnvironmentName($0) }, expires: nil,
      isOperator: operates)
    let name = try ServiceName("reader-\(seconds)")
    _ = try write { state, pen throws(RegistryError) in
      try state.addingService(name, grant, hash: token.hash, pen)
    }
    return token.text
  }

  func get(_ target: String, token: String? = nil, _ headers: Headers = [:]) -> Response {
    var headers = headers
    if let token { headers["Authorization"] = "Bearer \(token)" }
    return service.application.respond(.get, target.utf8, headers: headers)
  }

  func post(_ target: String, _ body: String) -> Response {
    service.application.respond(
      .post, target.utf8, headers: ["Content-Type": "application/json"], body: Array(body.utf8))
  }
}

extension Response {
  var json: Value { (try? JSON.parse(bytes)) ?? .null }
  var code: String? { json["code"]?.string }
}
