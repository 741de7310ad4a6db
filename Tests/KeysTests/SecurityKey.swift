@testable import Keys

/// A security key in software: what the hardware would sign, signed by an ordinary key.
struct SecurityKey {
  let key: PrivateKey
  let application: String

  init(_ key: PrivateKey, application: String = "ssh:") {
    self.key = key
    self.application = application
  }

  static func blob(application: String, of key: PrivateKey? = nil) throws -> [UInt8] {
    var writer = WireWriter()
    writer.string(PublicKey.Kind.securityKeyEd25519.rawValue)
    writer.string(try (key ?? .sample()).publicKey.point)
    writer.string(application)
    return writer.data
  }

  func sign(_ message: [UInt8], flags: UInt8 = 1, counter: UInt32 = 9) throws -> SignatureParts {
    var parts = SignatureParts(key: try Self.blob(application: application, of: key))
    parts.algorithm = PublicKey.Kind.securityKeyEd25519.rawValue
    parts.presence = [flags] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: counter >> $0) }
    var signed = WireWriter()
    signed.bytes(Digest(of: application).bytes)
    signed.bytes(parts.presence)
    signed.bytes(
      Digest(of: SSHSignature.payload(message, namespace: "git", hash: .sha512)).bytes)
    parts.ed25519 = try Ed25519.sign(signed.data, seed: [UInt8](repeating: 7, count: 32))
    return parts
  }
}

/// The fields of a signature, each of which a test may spoil.
struct SignatureParts {
  var magic = "SSHSIG"
  var version: UInt32 = 1
  var key: [UInt8]
  var namespace = "git"
  var reserved = ""
  var hash = "sha512"
  var algorithm = "ssh-ed25519"
  var ed25519: [UInt8] = []
  var presence: [UInt8] = []
  var innerTrailer: [UInt8] = []
  var trailer: [UInt8] = []

  init(key: [UInt8]) { self.key = key }

  /// A valid signature of the message by the sample key.
  init(signing message: [UInt8], hash: SSHSignature.Hash = .sha512) throws {
    key = try PrivateKey.sample().publicKey.blob
    self.hash = hash.rawValue
    ed25519 = try Ed25519.sign(
      SSHSignature.payload(message, namespace: namespace, hash: hash),
      seed: [UInt8](repeating: 7, count: 32))
  }

  var blob: [UInt8] {
    var inner = WireWriter()
    inner.string(algorithm)
    inner.string(ed25519)
    inner.bytes(presence + innerTrailer)
    var writer = WireWriter()
    writer.bytes(magic.utf8)
    writer.number(version)
    writer.string(key)
    writer.string(namespace)
    writer.string(reserved)
    writer.string(hash)
    writer.string(inner.data)
    writer.bytes(trailer)
    return writer.data
  }

  var armored: [UInt8] { SSHArmour.signature.close(blob) }
}
