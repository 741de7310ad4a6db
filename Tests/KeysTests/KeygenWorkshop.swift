import Foundation
import TestSupport

@testable import Keys

/// A folder in which `ssh-keygen` judges what we judge.
struct KeygenWorkshop {
  let folder: TemporaryFolder
  private let program = Program("ssh-keygen")

  init() throws { folder = try TemporaryFolder() }

  func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8], mode: Int = 0o600) throws -> String {
    try Data(bytes).write(to: folder.url.appendingPathComponent(name))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(name))
    return path(name)
  }

  func read(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.url.appendingPathComponent(name)))
  }

  func keygen(_ arguments: String..., input: [UInt8] = []) throws -> Program.Outcome {
    try program.run(arguments, input: input)
  }

  /// A key that `ssh-keygen` made; the path of its private half.
  func newKey(_ name: String, type: String = "ed25519", passphrase: String = "") throws -> String {
    let outcome = try keygen(
      "-q", "-t", type, "-N", passphrase, "-C", "a comment", "-f", path(name))
    guard outcome.succeeded else { throw Failure(description: outcome.errors) }
    return path(name)
  }

  /// Whether `ssh-keygen` takes this as a signature by the key that is inside it.
  func accepts(
    _ armored: [UInt8], of message: [UInt8], namespace: String = "git"
  ) throws -> Bool {
    let signature = try write("judged.sig", armored)
    return try keygen(
      "-Y", "check-novalidate", "-n", namespace, "-s", signature, input: message
    ).succeeded
  }

  struct Failure: Error, CustomStringConvertible { let description: String }
}

/// Whether we take this as a signature by the key that is inside it; what was wrong if not.
func refusal(
  _ armored: [UInt8], of message: [UInt8], namespace: String = "git"
) -> KeyError? {
  do throws(KeyError) {
    try SSHSignature(armored: armored).verify(message, namespace: namespace)
    return nil
  } catch {
    return error
  }
}

extension PrivateKey {
  /// A key that is the same in every run.
  static func sample(_ byte: UInt8 = 7) throws -> PrivateKey {
    try generate(random: [UInt8](repeating: byte, count: 32))
  }
}
