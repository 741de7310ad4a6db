/// An SSH public key of one of the two kinds that may sign entries, checked when it is made.
package struct PublicKey: Hashable, Sendable {
  /// The kinds of key, named as OpenSSH names them.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case ed25519 = "ssh-ed25519"
    case securityKeyEd25519 = "sk-ssh-ed25519@openssh.com"
  }

  /// The kind, which decides what a signature looks like.
  package let kind: Kind
  /// The key in SSH's wire form: what base64 shows in `line` and what two keys are compared by.
  package let blob: [UInt8]
  /// The Ed25519 point.
  let point: [UInt8]
  /// What a security key mixes into each signature, usually `ssh:`; empty for other keys.
  let application: [UInt8]

  /// Reads `<type> <base64> [<comment>]`, as in a `.pub` file; a final line feed is allowed.
  package init(line: String) throws(KeyError) {
    var text = Substring(line)
    if text.last == "\n" { text.removeLast() }
    guard !text.unicodeScalars.contains(where: { $0.value < 32 && $0 != "\t" }) else {
      throw .malformedKey
    }
    let words = text.split(maxSplits: 2) { $0 == " " || $0 == "\t" }
    guard words.count >= 2 else { throw .malformedKey }
    let type = String(words[0])
    guard Kind(rawValue: type) != nil else { throw Self.refusal(of: type) }
    guard let blob = Base64.bytes(Array(words[1].utf8)) else { throw .malformedKey }
    try self.init(blob: blob)
    guard kind.rawValue == type else { throw .malformedKey }
  }

  /// Reads the wire form.
  package init(blob: [UInt8]) throws(KeyError) {
    do {
      var reader = WireReader(blob)
      let type = String(decoding: try reader.string(), as: UTF8.self)
      guard let kind = Kind(rawValue: type) else { throw Self.refusal(of: type) }
      point = try reader.string()
      switch kind {
      case .ed25519: application = []
      case .securityKeyEd25519: application = try reader.string()
      }
      guard reader.isAtEnd, point.count == Ed25519.keySize else { throw KeyError.malformedKey }
      self.kind = kind
      self.blob = blob
    } catch let error as KeyError {
      throw error
    } catch {
      throw .malformedKey
    }
    guard Ed25519.isSound(point) else { throw .weakPoint }
  }

  init(point: [UInt8]) throws(KeyError) {
    var writer = WireWriter()
    writer.string(Kind.ed25519.rawValue)
    writer.string(point)
    try self.init(blob: writer.data)
  }

  /// The type and the base64, one space between, no comment: the one text of this key.
  package var line: String {
    "\(kind.rawValue) \(String(decoding: Base64.text(blob), as: UTF8.self))"
  }

  /// `SHA256:` and base64 without padding, as `ssh-keygen -l` shows it.
  package var fingerprint: String {
    let text = Base64.text(Digest(of: blob).bytes).filter { $0 != UInt8(ascii: "=") }
    return "SHA256:" + String(decoding: text, as: UTF8.self)
  }

  package static func == (left: PublicKey, right: PublicKey) -> Bool { left.blob == right.blob }

  package func hash(into hasher: inout Hasher) { hasher.combine(blob) }

  private static func refusal(of type: String) -> KeyError {
    guard type.utf8.allSatisfy({ (33...126).contains($0) }), type.utf8.count <= 64 else {
      return .malformedKey
    }
    return type.contains("-cert-v0") ? .certificate(type) : .unsupportedType(type)
  }
}

extension PublicKey: CustomStringConvertible {
  package var description: String { line }
}
