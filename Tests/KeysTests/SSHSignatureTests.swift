import Testing
import TestSupport

@testable import Keys

@Suite struct SSHSignatureTests {
  static let message = Array("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n".utf8)

  /// One way to spoil a signature, what we say, and whether `ssh-keygen` says no as well.
  struct Spoiled: Sendable, CustomTestStringConvertible {
    let name: String
    let error: KeyError
    var keygen = Keygen.refuses
    let spoil: @Sendable (inout SignatureParts) throws -> Void
    var testDescription: String { name }
  }

  /// What `ssh-keygen` says; some of its releases reduce S and some refuse.
  enum Keygen { case refuses, accepts, either }

  static let spoiled: [Spoiled] = [
    Spoiled(name: "magic", error: .malformedSignature(.magic)) { $0.magic = "SSHSIH" },
    Spoiled(name: "version 2", error: .malformedSignature(.version)) { $0.version = 2 },
    Spoiled(name: "version 0", error: .malformedSignature(.version), keygen: .accepts) {
      $0.version = 0
    },
    Spoiled(name: "another key", error: .doesNotVerify) {
      $0.key = try PrivateKey.sample(8).publicKey.blob
    },
    Spoiled(name: "a weak key", error: .weakPoint) {
      var writer = WireWriter()
      writer.string("ssh-ed25519")
      writer.string([1] + [UInt8](repeating: 0, count: 31))
      $0.key = writer.data
    },
    Spoiled(name: "a key with bytes after it", error: .malformedKey) { $0.key += [0] },
    Spoiled(name: "no key", error: .malformedKey) { $0.key = [] },
    Spoiled(name: "another namespace", error: .wrongNamespace(expected: "git", found: "file")) {
      $0.namespace = "file"
    },
    Spoiled(name: "no namespace", error: .malformedSignature(.namespace)) { $0.namespace = "" },
    Spoiled(
      name: "a reserved field", error: .malformedSignature(.reserved), keygen: .accepts
    ) { $0.reserved = "x" },
    Spoiled(name: "sha1", error: .malformedSignature(.hash)) { $0.hash = "sha1" },
    Spoiled(name: "the other hash", error: .doesNotVerify) { $0.hash = "sha256" },
    Spoiled(name: "another algorithm", error: .malformedSignature(.algorithm)) {
      $0.algorithm = "sk-ssh-ed25519@openssh.com"
    },
    Spoiled(name: "63 bytes", error: .malformedSignature(.size)) { $0.ed25519.removeLast() },
    Spoiled(name: "65 bytes", error: .malformedSignature(.size)) { $0.ed25519.append(0) },
    Spoiled(name: "bytes in the signature", error: .malformedSignature(.trailing)) {
      $0.innerTrailer = [0]
    },
    Spoiled(name: "bytes after the end", error: .malformedSignature(.trailing)) {
      $0.trailer = [0]
    },
    Spoiled(name: "S raised by the group's order", error: .doesNotVerify, keygen: .either) {
      $0.ed25519 = raised($0.ed25519)
    },
  ]

  @Test func anUnspoiledSignatureIsTakenByBoth() throws {
    let shop = try KeygenWorkshop()
    for hash in [SSHSignature.Hash.sha512, .sha256] {
      let armored = try SignatureParts(signing: Self.message, hash: hash).armored
      #expect(refusal(armored, of: Self.message) == nil)
      #expect(try shop.accepts(armored, of: Self.message))
      #expect(refusal(armored, of: Self.message + [0]) == .doesNotVerify)
      #expect(try !shop.accepts(armored, of: Self.message + [0]))
    }
  }

  @Test(arguments: spoiled)
  func aSpoiledFieldIsRefused(by way: Spoiled) throws {
    var parts = try SignatureParts(signing: Self.message)
    try way.spoil(&parts)
    #expect(refusal(parts.armored, of: Self.message) == way.error)
    let accepted = try KeygenWorkshop().accepts(parts.armored, of: Self.message)
    switch way.keygen {
    case .refuses: #expect(!accepted)
    case .accepts: #expect(accepted)
    case .either: break
    }
  }

  @Test func noByteCanBeInverted() throws {
    let shop = try KeygenWorkshop()
    let blob = try SignatureParts(signing: Self.message).blob
    for place in blob.indices {
      var spoiled = blob
      spoiled[place] ^= 0xff
      let armored = SSHArmour.signature.close(spoiled)
      #expect(refusal(armored, of: Self.message) != nil, "byte \(place)")
      #expect(try !shop.accepts(armored, of: Self.message), "byte \(place)")
    }
  }

  @Test func noPrefixIsASignature() throws {
    let blob = try SignatureParts(signing: Self.message).blob
    for count in blob.indices {
      let armored = SSHArmour.signature.close(Array(blob.prefix(count)))
      #expect(refusal(armored, of: Self.message) != nil, "\(count) bytes")
    }
  }

  /// `ssh-keygen` reads every one of these; we do not, so that a signature has one armour.
  @Test func theArmourOfASignatureCannotBeRewritten() throws {
    let shop = try KeygenWorkshop()
    let armored = try SignatureParts(signing: Self.message).armored
    let text = String(decoding: armored, as: UTF8.self)
    let lines = text.split(separator: "\n")
    let body = lines[1..<lines.count - 1].joined()
    let narrow = stride(from: 0, to: body.utf8.count, by: 64).map {
      body.dropFirst($0).prefix(64)
    }
    let rewritten = [
      ([lines[0]] + narrow + [lines[lines.count - 1], ""]).joined(separator: "\n"),
      [lines[0], Substring(body), lines[lines.count - 1], ""].joined(separator: "\n"),
      text.replacing("\n-----END", with: "\n\n-----END"),
      text.replacing("SIGNATURE-----\n", with: "SIGNATURE-----\n ", maxReplacements: 1),
      text + "more",
    ]
    #expect(try shop.accepts(armored, of: Self.message))
    for other in rewritten {
      #expect(refusal(Array(other.utf8), of: Self.message) == .malformedSignature(.armour))
      #expect(try shop.accepts(Array(other.utf8), of: Self.message))
    }
    let broken = [
      "", "\n", " " + text, text.replacing("BEGIN", with: "BEGUN"), String(text.dropFirst()),
      text.replacing("-----END SSH SIGNATURE-----\n", with: ""), String(text.dropLast(2)),
    ]
    for other in broken {
      #expect(refusal(Array(other.utf8), of: Self.message) == .malformedSignature(.armour))
      #expect(try !shop.accepts(Array(other.utf8), of: Self.message))
    }
    // Only the last line feed is ours alone.
    #expect(refusal(Array(armored.dropLast()), of: Self.message) != nil)
  }

  @Test func aTouchedSecurityKeyIsTakenByBoth() throws {
    let shop = try KeygenWorkshop()
    for application in ["ssh:", "ssh:stet", ""] {
      let key = SecurityKey(try .sample(), application: application)
      for (flags, counter) in [(UInt8(1), UInt32(0)), (5, 9), (1, .max)] {
        let armored = try key.sign(Self.message, flags: flags, counter: counter).armored
        #expect(refusal(armored, of: Self.message) == nil)
        #expect(try shop.accepts(armored, of: Self.message))
      }
    }
  }

  /// Stricter than `ssh-keygen`, which takes a signature without the touch flag.
  @Test func anUntouchedSecurityKeyIsRefused() throws {
    let shop = try KeygenWorkshop()
    for flags: UInt8 in [0, 4, 0xfe] {
      let armored = try SecurityKey(.sample()).sign(Self.message, flags: flags).armored
      #expect(refusal(armored, of: Self.message) == .untouched)
      #expect(try shop.accepts(armored, of: Self.message))
    }
  }

  @Test func whatASecurityKeySignedCannotBeChanged() throws {
    let shop = try KeygenWorkshop()
    let valid = try SecurityKey(.sample()).sign(Self.message)
    var touched = try SecurityKey(.sample()).sign(Self.message, flags: 0)
    touched.presence[0] = 1
    var counted = valid
    counted.presence[4] ^= 1
    var moved = valid
    moved.key = try SecurityKey.blob(application: "web:")
    var cut = valid
    cut.presence.removeLast()
    var long = valid
    long.innerTrailer = [0]
    for parts in [touched, counted, moved] {
      #expect(refusal(parts.armored, of: Self.message) == .doesNotVerify)
      #expect(try !shop.accepts(parts.armored, of: Self.message))
    }
    #expect(refusal(cut.armored, of: Self.message) == .malformedSignature(.truncated))
    #expect(refusal(long.armored, of: Self.message) == .malformedSignature(.trailing))
    #expect(try !shop.accepts(cut.armored, of: Self.message))
    #expect(try !shop.accepts(long.armored, of: Self.message))
  }

  @Test func anAllowedSignersFileOfOurLinesIsRead() throws {
    let shop = try KeygenWorkshop()
    let key = try PrivateKey.sample()
    try shop.write("signers", Array("alice@stet namespaces=\"git\" \(key.publicKey.line)\n".utf8))
    let signature = try shop.write(
      "m.sig", Array(key.sign(Self.message, namespace: "git").utf8))
    let outcome = try shop.keygen(
      "-Y", "verify", "-f", shop.path("signers"), "-I", "alice@stet", "-n", "git", "-s", signature,
      input: Self.message)
    #expect(outcome.succeeded, "\(outcome.errors)")
  }

  /// The same signature with S + L in place of S: valid for a verifier that reduces S first.
  static func raised(_ signature: [UInt8]) -> [UInt8] {
    let order: [UInt8] = [
      0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
      0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ]
    var carry = 0
    let sum = zip(signature.suffix(32), order).map { s, l in
      carry += Int(s) + Int(l)
      defer { carry >>= 8 }
      return UInt8(carry & 255)
    }
    return signature.prefix(32) + sum
  }
}
