import Testing

@testable import Keys

@Suite struct PublicKeyTests {
  @Test func aKeyOfSSHKeygenKeepsItsLineAndFingerprint() throws {
    let shop = try KeygenWorkshop()
    let path = try shop.newKey("alice")
    let line = String(decoding: try shop.read("alice.pub"), as: UTF8.self)
    let key = try PublicKey(line: line)
    #expect(key.kind == .ed25519)
    #expect(line == key.line + " a comment\n")
    let listed = try shop.keygen("-l", "-f", path)
    #expect(listed.text.split(separator: " ")[1] == key.fingerprint)
    #expect(try PublicKey(line: key.line) == key)
    #expect(try PublicKey(blob: key.blob) == key)
  }

  @Test(arguments: ["rsa", "ecdsa"])
  func otherKindsAreRefusedByName(type: String) throws {
    let shop = try KeygenWorkshop()
    _ = try shop.newKey("old", type: type)
    let line = String(decoding: try shop.read("old.pub"), as: UTF8.self)
    let name = String(line.split(separator: " ")[0])
    #expect(throws: KeyError.unsupportedType(name)) { try PublicKey(line: line) }
    #expect(KeyError.unsupportedType(name).hint != nil)
  }

  @Test func certificatesAreRefused() throws {
    let shop = try KeygenWorkshop()
    let authority = try shop.newKey("authority")
    _ = try shop.newKey("alice")
    let signed = try shop.keygen(
      "-q", "-s", authority, "-I", "alice", "-n", "alice", shop.path("alice.pub"))
    #expect(signed.succeeded)
    let line = String(decoding: try shop.read("alice-cert.pub"), as: UTF8.self)
    #expect(throws: KeyError.certificate("ssh-ed25519-cert-v01@openssh.com")) {
      try PublicKey(line: line)
    }
  }

  @Test func aSecurityKeyCarriesItsApplication() throws {
    let key = try PublicKey(blob: SecurityKey.blob(application: "ssh:"))
    #expect(key.kind == .securityKeyEd25519)
    #expect(key.application == Array("ssh:".utf8))
    #expect(try PublicKey(line: key.line) == key)
    let shop = try KeygenWorkshop()
    try shop.write("sk.pub", Array((key.line + "\n").utf8))
    let listed = try shop.keygen("-l", "-f", shop.path("sk.pub"))
    #expect(listed.text.split(separator: " ")[1] == key.fingerprint)
  }

  @Test func aLineThatIsNotOneKeyIsRefused() throws {
    let line = try PrivateKey.sample().publicKey.line
    let base64 = String(line.split(separator: " ")[1])
    let other = try PublicKey(blob: SecurityKey.blob(application: "ssh:")).line.split(
      separator: " ")
    let bad = [
      "", "\n", "ssh-ed25519", "ssh-ed25519 ", base64, "ssh-ed25519 \(base64)=",
      "ssh-ed25519 \(base64.dropLast(4))", "ssh-ed25519 \(base64)AAAA", line + "\n\n",
      line + "\u{0}", line + " a\rb", line + "\nssh-ed25519", "restrict " + line,
      "sk-ssh-ed25519@openssh.com \(base64)", "ssh-ed25519 \(other[1])",
    ]
    for text in bad {
      #expect(throws: KeyError.self, "\(text)") { try PublicKey(line: text) }
    }
  }

  @Test func weakAndUncanonicalPointsAreRefused() throws {
    let prime: [UInt8] = [0xed] + [UInt8](repeating: 0xff, count: 30) + [0x7f]
    let eight: [UInt8] = [
      0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
      0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
      0xfc, 0x05,
    ]
    // p - y has the same order: the point is the negative of the other's with the same x.
    var mirror: [UInt8] = []
    var borrow = 0
    for (high, low) in zip(prime, eight) {
      let difference = Int(high) - Int(low) - borrow
      borrow = difference < 0 ? 1 : 0
      mirror.append(UInt8(truncatingIfNeeded: difference))
    }
    let zero = [UInt8](repeating: 0, count: 32)
    let one = [1] + zero.dropFirst()
    let minusOne = [0xec] + prime.dropFirst()
    let wrapped = [[0xed], [0xee], [0xff]].map { $0 + prime.dropFirst() }
    for point in [zero, one, minusOne, eight, mirror] + wrapped {
      for sign: UInt8 in [0, 0x80] {
        var signed = point
        signed[31] |= sign
        #expect(throws: KeyError.weakPoint) { try PublicKey(point: signed) }
      }
    }
    #expect(throws: KeyError.malformedKey) { try PublicKey(point: zero.dropLast()) }
    #expect(throws: KeyError.malformedKey) { try PublicKey(point: one + [0]) }
  }
}
