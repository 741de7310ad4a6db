import CCrypto

/// A signature as `ssh-keygen -Y sign` writes it (OpenSSH's PROTOCOL.sshsig), read strictly: the
/// same signature has exactly one armour.
package struct SSHSignature: Hashable, Sendable {
  /// The key that claims to have signed; who that is, is for the caller to judge.
  package let publicKey: PublicKey
  /// What the signature was made for; `git` in a ledger.
  package let namespace: String
  let hash: Hash
  let ed25519: [UInt8]
  /// The flags and the counter of a security key; nil for other keys.
  let presence: Presence?

  enum Hash: String { case sha512, sha256 }

  struct Presence: Hashable, Sendable {
    let flags: UInt8
    let counter: UInt32
    var isTouched: Bool { flags & 0x01 != 0 }
  }

  private static let magic = Array("SSHSIG".utf8)
  private static let version: UInt32 = 1

  /// Reads the armour, final line feed included.
  package init(armored: [UInt8]) throws(KeyError) {
    guard let blob = SSHArmour.signature.open(armored) else {
      throw Self.flaw(.armour)
    }
    try self.init(blob: blob)
  }

  /// Reads the armour, final line feed included.
  package init(armored: String) throws(KeyError) { try self.init(armored: Array(armored.utf8)) }

  init(blob: [UInt8]) throws(KeyError) {
    do {
      var reader = WireReader(blob)
      guard try reader.bytes(Self.magic.count) == Self.magic else { throw Self.flaw(.magic) }
      guard try reader.number() == Self.version else { throw Self.flaw(.version) }
      publicKey = try PublicKey(blob: reader.string())
      let name = try reader.string()
      guard !name.isEmpty, let namespace = String(validating: name, as: UTF8.self) else {
        throw Self.flaw(.namespace)
      }
      self.namespace = namespace
      guard try reader.string().isEmpty else { throw Self.flaw(.reserved) }
      let algorithm = String(decoding: try reader.string(), as: UTF8.self)
      guard let hash = Hash(rawValue: algorithm) else { throw Self.flaw(.hash) }
      self.hash = hash
      let inner = try reader.string()
      guard reader.isAtEnd else { throw Self.flaw(.trailing) }
      (ed25519, presence) = try Self.parts(of: inner, kind: publicKey.kind)
    } catch let error as KeyError {
      throw error
    } catch {
      throw Self.flaw(.truncated)
    }
  }

  /// Returns if the signature is by `publicKey` over this message, and throws what is wrong if not.
  ///
  /// Costs about 0.1 ms and does not look at the clock, at any list of keys or at any file.
  package func verify(_ message: [UInt8], namespace: String) throws(KeyError) {
    guard namespace == self.namespace else {
      throw .wrongNamespace(expected: namespace, found: self.namespace)
    }
    var signed = Self.payload(message, namespace: namespace, hash: hash)
    if let presence {
      guard presence.isTouched else { throw .untouched }
      var writer = WireWriter()
      writer.bytes(Digest(of: publicKey.application).bytes)
      writer.bytes([presence.flags])
      writer.number(presence.counter)
      writer.bytes(Digest(of: signed).bytes)
      signed = writer.data
    }
    guard try Ed25519.isValid(ed25519, of: signed, by: publicKey.point) else {
      throw .doesNotVerify
    }
  }

  /// What is really signed: the hash of the message, bound to its namespace.
  static func payload(_ message: [UInt8], namespace: String, hash: Hash) -> [UInt8] {
    var writer = WireWriter()
    writer.bytes(magic)
    writer.string(namespace)
    writer.string("")
    writer.string(hash.rawValue)
    switch hash {
    case .sha512: writer.string(SHA512Hash.of(message))
    case .sha256: writer.string(Digest(of: message).bytes)
    }
    return writer.data
  }

  /// The armour around a signature that an Ed25519 key made of `payload` with SHA-512.
  static func armoured(_ ed25519: [UInt8], by key: PublicKey, namespace: String) -> String {
    var inner = WireWriter()
    inner.string(key.kind.rawValue)
    inner.string(ed25519)
    var writer = WireWriter()
    writer.bytes(magic)
    writer.number(version)
    writer.string(key.blob)
    writer.string(namespace)
    writer.string("")
    writer.string(Hash.sha512.rawValue)
    writer.string(inner.data)
    return String(decoding: SSHArmour.signature.close(writer.data), as: UTF8.self)
  }

  private static func parts(
    of inner: [UInt8], kind: PublicKey.Kind
  ) throws -> (ed25519: [UInt8], presence: Presence?) {
    var reader = WireReader(inner)
    guard try reader.string() == Array(kind.rawValue.utf8) else { throw flaw(.algorithm) }
    let ed25519 = try reader.string()
    guard ed25519.count == Ed25519.signatureSize else { throw flaw(.size) }
    let presence: Presence?
    switch kind {
    case .ed25519: presence = nil
    case .securityKeyEd25519:
      presence = Presence(flags: try reader.byte(), counter: try reader.number())
    }
    guard reader.isAtEnd else { throw flaw(.trailing) }
    return (ed25519, presence)
  }

  private static func flaw(_ flaw: SignatureFlaw) -> KeyError { .malformedSignature(flaw) }
}

/// The hash that SSH signatures are made over unless they say otherwise.
private enum SHA512Hash {
  static func of(_ message: [UInt8]) -> [UInt8] {
    var raw = [UInt8](repeating: 0, count: 64)
    guard unsafe SHA512(message, message.count, &raw) != nil else {
      preconditionFailure("SHA512 has no way to fail")
    }
    return raw
  }
}
