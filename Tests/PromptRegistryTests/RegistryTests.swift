import Contracts
import Foundation
import Keys
import Ledger
import Notation
import TestSupport
import Testing

@testable import PromptRegistry

/// A registry on disk, with a key that is the same in every run.
struct Bench {
  let folder: TemporaryFolder
  let registry: Registry
  let key: PrivateKey
  let alice: MemberName

  init(_ preset: PolicyPreset = .solo) throws {
    folder = try TemporaryFolder()
    key = try PrivateKey.generate(random: [UInt8](repeating: 1, count: 32))
    alice = try MemberName("alice")
    let founding = try Founding(
      policy: preset.policy(founder: alice, key: key.publicKey), founder: alice)
    registry = try Registry.found(
      folder.path + "/registry", memory: nil, founding: founding, Self.order(key, 0)
    ).registry
  }

  static func order(_ key: PrivateKey, _ seconds: Int64) -> Order {
    var nonce = String(seconds, radix: 16)
    nonce = String(repeating: "0", count: 32 - nonce.count) + nonce
    return Order(
      signer: .key(key), now: Timestamp(seconds: 1_700_000_000 + seconds), nonce: nonce)
  }

  @discardableResult
  func publish(
    _ drafts: [Draft], at seconds: Int64, _ edit: (inout PublishOrder) -> Void = { _ in }
  ) throws -> [Published] {
    var order = PublishOrder(drafts, ChangeWords(what: "a change", why: "because", impact: nil))
    edit(&order)
    let ready = order
    return try registry.write(Self.order(key, seconds)) { state, pen throws(RegistryError) in
      try state.publishing(ready, pen)
    }.answer
  }

  func draft(_ name: String, _ text: String, from start: String? = nil) throws -> Draft {
    Draft(
      name: try PromptName(name), source: Array(text.utf8),
      start: start.flatMap { SemanticVersion($0) })
  }

  func git(_ arguments: String...) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder.path + "/registry"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}

struct RegistryTests {
  @Test("what is published reads back, verifies, and stock git agrees")
  func life() throws {
    let bench = try Bench()
    try bench.publish(
      [
        bench.draft("support/_tone", "Be kind.\n"),
        bench.draft("support/triage", "{{> support/tone}} Hello {{name}}\n"),
      ], at: 1)
    let state = try bench.registry.tip().state
    let resolved = try state.resolve(try Reference("support/triage"))
    #expect(resolved.version == SemanticVersion(1, 0, 0))
    #expect(
      resolved.record.digest.description
        == "sha256:7c367c0cf1c842c76804e5fb0bb30107d8cd6bc4fc9c973a8994b53a7974f4ee")
    let verdict = try bench.registry.journal.verify()
    #expect(verdict.valid == 2)
    let fsck = try bench.git("fsck", "--strict")
    #expect(fsck.status == 0, "\(fsck.output)")
    let signers = bench.folder.path + "/signers"
    let policy = try #require(try state.file(.allowedSigners))
    try Data(policy).write(to: URL(fileURLWithPath: signers))
    for entry in ["main", "main~1"] {
      let judged = try bench.git(
        "-c", "gpg.ssh.allowedSignersFile=\(signers)", "verify-commit", entry)
      #expect(judged.status == 0, "\(judged.output)")
    }
    let subject = try bench.git("log", "-1", "--format=%s", "main")
    #expect(subject.output == "publish support/_tone 1.0.0 and 1 more\n")
  }

  @Test("publishing the same again changes nothing and leaves no entry")
  func same() throws {
    let bench = try Bench()
    try bench.publish([bench.draft("a", "Hello\n")], at: 1)
    let error = #expect(throws: RegistryError.self) {
      try bench.publish([bench.draft("a", "Hello\n", from: "1.0.0")], at: 2)
    }
    #expect(error?.code == .nothingChanged)
    #expect(try bench.registry.tip().state.entry == 2)
  }

  @Test("a draft whose start is no longer the highest release is not published")
  func outdated() throws {
    let bench = try Bench()
    try bench.publish([bench.draft("a", "one\n")], at: 1)
    try bench.publish([bench.draft("a", "two\n", from: "1.0.0")], at: 2)
    let error = #expect(throws: RegistryError.self) {
      try bench.publish([bench.draft("a", "three\n", from: "1.0.0")], at: 3)
    }
    #expect(error?.code == .outdatedDraft)
  }

  @Test("the number follows from the contract, and a break must be meant")
  func contract() throws {
    let bench = try Bench()
    func text(_ schema: String) -> String {
      "---\ninput:\n  schema:\n\(schema)---\nHello {{name}}\n"
    }
    try bench.publish([bench.draft("a", text("    name: string\n"))], at: 1)
    let optional = try bench.publish(
      [bench.draft("a", text("    name: string\n    age?: integer\n"), from: "1.0.0")], at: 2)
    #expect(optional.first?.version == SemanticVersion(1, 1, 0))
    let breaking = try bench.draft(
      "a", text("    name: string\n    age: integer\n"), from: "1.1.0")
    let error = #expect(throws: RegistryError.self) { try bench.publish([breaking], at: 3) }
    #expect(error?.code == .checkFailed)
    let meant = try bench.publish([breaking], at: 4) { $0.atLeast = .major }
    #expect(meant.first?.version == SemanticVersion(2, 0, 0))
    let fix = try bench.publish(
      [bench.draft("a", text("    name: string\n") + "Bye\n", from: "2.0.0")], at: 5
    ) { $0.onto = SemanticVersion(1, 0, 0) }
    #expect(fix.first?.version == SemanticVersion(1, 0, 1))
    let state = try bench.registry.tip().state
    #expect(try state.file(.prompt(try PromptName("a"))) == breaking.source)
    #expect(try bench.registry.journal.verify().broken == nil)
  }

  @Test("a prompt that includes nothing there is refused, and so is one with conflict marks")
  func refusals() throws {
    let bench = try Bench()
    #expect(throws: RegistryError.self) {
      try bench.publish([bench.draft("a", "{{> missing}}\n")], at: 1)
    }
    #expect(throws: RegistryError.self) {
      try bench.publish([bench.draft("a", "x\n<<<<<<< ours\n")], at: 2)
    }
    #expect(try bench.registry.tip().state.entry == 1)
  }

  @Test("a partial's change is published again with what includes it")
  func dependents() throws {
    let bench = try Bench()
    let prompt = "{{> tone}} Hello\n"
    try bench.publish([bench.draft("_tone", "Kind.\n"), bench.draft("a", prompt)], at: 1)
    try bench.publish([bench.draft("_tone", "Kinder.\n", from: "1.0.0")], at: 2)
    let frozen = try bench.registry.tip().state.resolve(try Reference("a"))
    #expect(frozen.record.includes.first?.version == SemanticVersion(1, 0, 0))
    let again = try bench.publish([bench.draft("a", prompt, from: "1.0.0")], at: 3)
    #expect(again.first?.version == SemanticVersion(1, 0, 1))
  }
}
