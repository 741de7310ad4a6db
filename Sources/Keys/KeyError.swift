/// Why a key or a signature was refused.
package enum KeyError: Error, Hashable, Sendable {
  /// The text is not one line of type, base64 and an optional comment.
  case malformedKey
  /// A type of key that Stet does not enrol, such as `ssh-rsa`.
  case unsupportedType(String)
  /// A certificate instead of a key.
  case certificate(String)
  /// A point for which anybody can make signatures, or one that is not written canonically.
  case weakPoint
  /// The armour or the wire form of a signature is not the one that `ssh-keygen` writes.
  case malformedSignature(SignatureFlaw)
  /// The signature was made for another purpose.
  case wrongNamespace(expected: String, found: String)
  /// A security key signed without being touched.
  case untouched
  /// The signature is well formed and is not by this key over these bytes.
  case doesNotVerify
  /// The file is no unencrypted OpenSSH private key that can be read here.
  case malformedPrivateKey
  /// The private key is encrypted or in hardware: only `ssh-keygen` or an agent can sign with it.
  case needsProgram(PublicKey)
  /// A function of libcrypto failed.
  case library(String)
}

/// What is wrong with the form of a signature.
package enum SignatureFlaw: String, Hashable, Sendable {
  case armour = "its armour is not 70 columns of canonical base64 between the two SSH lines"
  case truncated = "it ends too early"
  case magic = "it does not begin with SSHSIG"
  case version = "its version is not 1"
  case namespace = "its namespace is empty or not UTF-8"
  case reserved = "its reserved field is not empty"
  case hash = "its hash is neither sha512 nor sha256"
  case algorithm = "its algorithm is not that of its key"
  case size = "its Ed25519 part has not 64 bytes"
  case trailing = "bytes follow where it should end"
}

extension KeyError: CustomStringConvertible {
  /// One sentence for a person, without a final stop.
  package var description: String {
    switch self {
    case .malformedKey: "this is not an SSH public key line"
    case .unsupportedType(let type): "keys of type '\(type)' are not supported"
    case .certificate(let type): "'\(type)' is a certificate, not a key"
    case .weakPoint: "this Ed25519 key is a weak point: anybody could sign for it"
    case .malformedSignature(let flaw): "the signature is malformed: \(flaw.rawValue)"
    case .wrongNamespace(let expected, let found):
      "the signature is for '\(found)', not for '\(expected)'"
    case .untouched: "the security key was not touched for this signature"
    case .doesNotVerify: "the signature does not fit the bytes and the key"
    case .malformedPrivateKey: "this is not an OpenSSH private key file"
    case .needsProgram(let key):
      "the private key \(key.fingerprint) is encrypted or in hardware"
    case .library(let function): "\(function) of libcrypto failed"
    }
  }

  /// What a person can do about it, where there is something.
  package var hint: String? {
    switch self {
    case .unsupportedType, .weakPoint: "make a key with: ssh-keygen -t ed25519"
    case .certificate: "give the public key that the certificate is for"
    case .malformedKey: "it looks like: ssh-ed25519 AAAA… comment"
    case .needsProgram: "sign through ssh-keygen, which asks the agent, the key or you"
    case .untouched: "sign again and touch the key; make it without -O no-touch-required"
    case .malformedPrivateKey: "its first line is -----BEGIN OPENSSH PRIVATE KEY-----"
    case .malformedSignature, .wrongNamespace, .doesNotVerify, .library: nil
    }
  }
}
