/// An Ed25519 private key that signs in this process; it never appears in an error or description.
package struct PrivateKey: Sendable {
  /// The key under which the signatures verify.
  package let publicKey: PublicKey
  private let seed: [UInt8]

  private static let magic = Array("openssh-key-v1\0".utf8)
  private static let none = "none"
  private static let blockSize = 8

  /// The key of a random 32-byte seed: equal seeds give equal keys.
  package static func generate(random seed: [UInt8]) throws(KeyError) -> PrivateKey {
    guard seed.count == Ed25519.keySize else { throw .malformedPrivateKey }
    return try PrivateKey(seed: seed, point: Ed25519.publicKey(ofSeed: seed))
  }

  private init(seed: [UInt8], point: [UInt8]) throws(KeyError) {
    publicKey = try PublicKey(point: point)
    self.seed = seed
  }

  /// Reads a private key file as `ssh-keygen -t ed25519 -N ''` writes it.
  ///
  /// Throws `.needsProgram` for a file that is encrypted or stands for hardware, and
  /// `.unsupportedType` for other kinds of key.
  package init(openSSH file: [UInt8]) throws(KeyError) {
    guard let data = SSHArmour.privateKey.open(file) else { throw .malformedPrivateKey }
    do {
      var reader = WireReader(data)
      guard try reader.bytes(Self.magic.count) == Self.magic else { throw Self.malformed }
      let cipher = try reader.string()
      let derivation = try reader.string()
      let options = try reader.string()
      guard try reader.number() == 1 else { throw Self.malformed }
      let key = try PublicKey(blob: reader.string())
      let secret = try reader.string()
      guard reader.isAtEnd || cipher != Array(Self.none.utf8) else { throw Self.malformed }
      guard cipher == Array(Self.none.utf8), key.kind == .ed25519 else {
        throw KeyError.needsProgram(key)
      }
      guard derivation == Array(Self.none.utf8), options.isEmpty else { throw Self.malformed }
      let seed = try Self.seed(in: secret, of: key)
      try self.init(seed: seed, point: Ed25519.publicKey(ofSeed: seed))
      guard publicKey == key else { throw Self.malformed }
    } catch let error as KeyError {
      throw error
    } catch {
      throw .malformedPrivateKey
    }
  }

  /// The file that OpenSSH's programs read, to be stored with mode 600.
  package func openSSHFile(comment: String) -> String {
    var secret = WireWriter()
    // OpenSSH compares the two to notice a wrong passphrase; without one any number will do.
    let check = Digest(of: publicKey.blob).bytes.prefix(4)
    secret.bytes(check)
    secret.bytes(check)
    secret.string(publicKey.kind.rawValue)
    secret.string(publicKey.point)
    secret.string(seed + publicKey.point)
    secret.string(comment)
    secret.bytes(Self.padding(after: secret.data.count))
    var writer = WireWriter()
    writer.bytes(Self.magic)
    writer.string(Self.none)
    writer.string(Self.none)
    writer.string("")
    writer.number(1)
    writer.string(publicKey.blob)
    writer.string(secret.data)
    return String(decoding: SSHArmour.privateKey.close(writer.data), as: UTF8.self)
  }

  /// The armoured signature, byte for byte what `ssh-keygen -Y sign` writes with this key.
  package func sign(_ message: [UInt8], namespace: String) throws(KeyError) -> String {
    let payload = SSHSignature.payload(message, namespace: namespace, hash: .sha512)
    let signature = try Ed25519.sign(payload, seed: seed)
    return SSHSignature.armoured(signature, by: publicKey, namespace: namespace)
  }

  private static func seed(in secret: [UInt8], of key: PublicKey) throws -> [UInt8] {
    guard secret.count.isMultiple(of: blockSize) else { throw malformed }
    var reader = WireReader(secret)
    guard try reader.number() == reader.number() else { throw malformed }
    guard try reader.string() == Array(key.kind.rawValue.utf8) else { throw malformed }
    guard try reader.string() == key.point else { throw malformed }
    let pair = try reader.string()
    _ = try reader.string()  // the comment
    guard Array(reader.rest) == padding(after: secret.count - reader.rest.count),
      pair.count == 2 * Ed25519.keySize, Array(pair.suffix(Ed25519.keySize)) == key.point
    else { throw malformed }
    return Array(pair.prefix(Ed25519.keySize))
  }

  private static func padding(after count: Int) -> [UInt8] {
    let missing = (blockSize - count % blockSize) % blockSize
    return (0..<missing).map { UInt8($0 + 1) }
  }

  private static let malformed = KeyError.malformedPrivateKey
}

extension PrivateKey: CustomStringConvertible {
  package var description: String { "private key \(publicKey.fingerprint)" }
}
