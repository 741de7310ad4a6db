package import Keys
import Platform

/// Who signs an entry: a key in this process, or a program that may ask a person.
package enum Signer: Sendable {
  case key(PrivateKey)
  case program(SigningProgram)

  /// The key under which the signature will verify.
  package var publicKey: PublicKey {
    switch self {
    case .key(let key): key.publicKey
    case .program(let program): program.publicKey
    }
  }

  /// Whether signing may wait for a person.
  var mayAskAPerson: Bool {
    switch self {
    case .key: false
    case .program: true
    }
  }

  /// The armoured signature, which verifies: nothing else is ever returned.
  func sign(_ payload: [UInt8]) throws(LedgerError) -> [UInt8] {
    switch self {
    case .key(let key):
      return try checked(payload) { () throws(KeyError) in
        Array(try key.sign(payload, namespace: SignedEntry.namespace).utf8)
      }
    case .program(let program):
      let armoured = try program.run(payload)
      return try checked(payload) { armoured }
    }
  }

  private func checked(
    _ payload: [UInt8], _ sign: () throws(KeyError) -> [UInt8]
  ) throws(LedgerError) -> [UInt8] {
    do throws(KeyError) {
      let armoured = try sign()
      let signature = try SSHSignature(armored: armoured)
      guard signature.publicKey == publicKey else { throw .doesNotVerify }
      try signature.verify(payload, namespace: SignedEntry.namespace)
      return armoured
    } catch {
      throw .key(error)
    }
  }
}

/// `ssh-keygen -Y sign`, for keys with a passphrase, in an agent or in hardware.
package struct SigningProgram: Sendable {
  /// How long a person may take to type a passphrase or touch a key.
  package static let timeoutSeconds = 120

  /// The key under which the signature will verify.
  package let publicKey: PublicKey
  /// The private key, or the public one where an agent has the private half.
  package let keyFile: String
  /// What the program sees: `PATH`, and what leads to the agent and the person.
  package let environment: [String: String]

  package init(_ publicKey: PublicKey, keyFile: String, environment: [String: String]) {
    self.publicKey = publicKey
    self.keyFile = keyFile
    self.environment = environment
  }

  func run(_ payload: [UInt8]) throws(LedgerError) -> [UInt8] {
    var command = Command(
      "ssh-keygen", ["-q", "-Y", "sign", "-n", SignedEntry.namespace, "-f", keyFile],
      environment: environment)
    command.input = payload
    command.timeoutSeconds = Self.timeoutSeconds
    command.company = .shared
    let outcome: Outcome
    do throws(PlatformError) { outcome = try Subprocess.run(command) } catch {
      throw .platform(error)
    }
    guard outcome.ending.isSuccess else { throw .signing(outcome.errorText) }
    return outcome.output
  }
}
