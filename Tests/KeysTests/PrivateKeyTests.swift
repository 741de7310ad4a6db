import Testing
import TestSupport

@testable import Keys

@Suite struct PrivateKeyTests {
  @Test func oursAndTheSignaturesOfSSHKeygenAreTheSameBytes() throws {
    let shop = try KeygenWorkshop()
    let path = try shop.newKey("alice")
    let key = try PrivateKey(openSSH: shop.read("alice"))
    for message in ["", "a", String(repeating: "prompt\n", count: 5000)] {
      let bytes = Array(message.utf8)
      let theirs = try shop.keygen("-q", "-Y", "sign", "-n", "git", "-f", path, input: bytes)
      #expect(theirs.succeeded, "\(theirs.errors)")
      let ours = try key.sign(bytes, namespace: "git")
      #expect(ours == theirs.text)
      try SSHSignature(armored: ours).verify(bytes, namespace: "git")
    }
  }

  @Test(arguments: ["", "a", "alice@stet", "a comment that is rather long, with spaces"])
  func sshKeygenReadsWhatWeWrite(comment: String) throws {
    let shop = try KeygenWorkshop()
    let key = try PrivateKey.sample()
    let file = Array(key.openSSHFile(comment: comment).utf8)
    let path = try shop.write("ours", file)
    let shown = try shop.keygen("-y", "-f", path)
    #expect(shown.succeeded, "\(shown.errors)")
    #expect(try PublicKey(line: shown.text) == key.publicKey)
    let again = try PrivateKey(openSSH: file)
    #expect(again.publicKey == key.publicKey)
    #expect(try again.sign([1], namespace: "git") == key.sign([1], namespace: "git"))
  }

  @Test func theFirstVectorOfRFC8032Holds() throws {
    let seed = try #require(
      Digest("sha256:9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    ).bytes
    let point = try #require(
      Digest("sha256:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    ).bytes
    #expect(try PrivateKey.generate(random: seed).publicKey.point == point)
    let signature = try Ed25519.sign([], seed: seed)
    let start = try #require(
      Hex.bytes(Array("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974".utf8)[...]))
    #expect(signature.starts(with: start))
    #expect(try Ed25519.isValid(signature, of: [], by: point))
    #expect(try !Ed25519.isValid(signature, of: [0], by: point))
  }

  @Test func anEncryptedKeyIsLeftToSSHKeygenAndStillNamed() throws {
    let shop = try KeygenWorkshop()
    _ = try shop.newKey("secret", passphrase: "twelve words")
    let line = String(decoding: try shop.read("secret.pub"), as: UTF8.self)
    let key = try PublicKey(line: line)
    #expect(throws: KeyError.needsProgram(key)) {
      try PrivateKey(openSSH: shop.read("secret"))
    }
  }

  @Test func otherKindsAreRefusedByName() throws {
    let shop = try KeygenWorkshop()
    _ = try shop.newKey("old", type: "ecdsa")
    #expect(throws: KeyError.unsupportedType("ecdsa-sha2-nistp256")) {
      try PrivateKey(openSSH: shop.read("old"))
    }
  }

  @Test func aFileWithAnyByteChangedIsRefusedOrTheSameKey() throws {
    let key = try PrivateKey.sample()
    let file = Array(key.openSSHFile(comment: "c").utf8)
    for place in file.indices {
      var spoiled = file
      spoiled[place] ^= 1
      guard let other = try? PrivateKey(openSSH: spoiled) else { continue }  // refused: fine
      #expect(other.publicKey == key.publicKey, "byte \(place)")
    }
    #expect(throws: KeyError.malformedPrivateKey) { try PrivateKey(openSSH: []) }
    #expect(throws: KeyError.malformedPrivateKey) { try PrivateKey(openSSH: file + [10]) }
  }

  @Test func aSeedHas32Bytes() {
    for count in [0, 31, 33] {
      #expect(throws: KeyError.malformedPrivateKey) {
        try PrivateKey.generate(random: [UInt8](repeating: 1, count: count))
      }
    }
  }

  @Test func nothingSecretIsShown() throws {
    let key = try PrivateKey.sample()
    #expect("\(key)" == "private key \(key.publicKey.fingerprint)")
  }
}
