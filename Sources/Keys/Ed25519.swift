import CCrypto

/// Ed25519 by libcrypto: RFC 8032 without a prehash, signatures with S below the group's order.
enum Ed25519 {
  static let keySize = 32
  static let signatureSize = 64

  /// The public point that belongs to a seed.
  static func publicKey(ofSeed seed: [UInt8]) throws(KeyError) -> [UInt8] {
    let key = try KeyHandle(seed: seed)
    var point = [UInt8](repeating: 0, count: keySize)
    var count = keySize
    let result = unsafe EVP_PKEY_get_raw_public_key(key.raw, &point, &count)
    try check("EVP_PKEY_get_raw_public_key", result)
    return point
  }

  static func sign(_ message: [UInt8], seed: [UInt8]) throws(KeyError) -> [UInt8] {
    let key = try KeyHandle(seed: seed)
    let context = try Context()
    try check(
      "EVP_DigestSignInit", unsafe EVP_DigestSignInit(context.raw, nil, nil, nil, key.raw))
    var signature = [UInt8](repeating: 0, count: signatureSize)
    var count = signatureSize
    let result = unsafe EVP_DigestSign(context.raw, &signature, &count, message, message.count)
    try check("EVP_DigestSign", result)
    return signature
  }

  static func isValid(
    _ signature: [UInt8], of message: [UInt8], by point: [UInt8]
  ) throws(KeyError) -> Bool {
    let key = try KeyHandle(point: point)
    let context = try Context()
    try check(
      "EVP_DigestVerifyInit", unsafe EVP_DigestVerifyInit(context.raw, nil, nil, nil, key.raw))
    let result = unsafe EVP_DigestVerify(
      context.raw, signature, signature.count, message, message.count)
    if result != 1 { ERR_clear_error() }
    return result == 1
  }

  /// Sole owner of one libcrypto key.
  @safe private struct KeyHandle: ~Copyable {
    let raw: OpaquePointer

    init(seed: [UInt8]) throws(KeyError) {
      let raw = unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
      guard let raw = unsafe raw else { throw .library("EVP_PKEY_new_raw_private_key") }
      unsafe self.raw = raw
    }

    init(point: [UInt8]) throws(KeyError) {
      let raw = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, point, point.count)
      guard let raw = unsafe raw else { throw .library("EVP_PKEY_new_raw_public_key") }
      unsafe self.raw = raw
    }

    deinit { unsafe EVP_PKEY_free(raw) }
  }

  /// Sole owner of one context, used for one signature.
  @safe private struct Context: ~Copyable {
    let raw: OpaquePointer

    init() throws(KeyError) {
      guard let raw = unsafe EVP_MD_CTX_new() else { throw .library("EVP_MD_CTX_new") }
      unsafe self.raw = raw
    }

    deinit { unsafe EVP_MD_CTX_free(raw) }
  }

  private static func check(_ function: String, _ result: Int32) throws(KeyError) {
    guard result == 1 else { throw .library(function) }
  }
}

extension Ed25519 {
  /// Whether a point is written as RFC 8032 writes it (y below 2^255 - 19) and generates more than
  /// the eight points for which anybody can make signatures.
  static func isSound(_ point: [UInt8]) -> Bool {
    guard point.count == keySize else { return false }
    var y = point
    y[keySize - 1] &= 0x7f  // the top bit is the sign of x
    let prime: [UInt8] = [0xed] + [UInt8](repeating: 0xff, count: 30) + [0x7f]
    guard y.reversed().lexicographicallyPrecedes(prime.reversed()) else { return false }
    return !smallOrder.contains(y)
  }

  /// The y coordinates of the points of order 1, 2, 4 and 8; a list, as to make a set of them would
  /// take a tenth of a whole `stet get`.
  private static let smallOrder: [[UInt8]] = [
    [0x01] + [UInt8](repeating: 0, count: 31),
    [0xec] + [UInt8](repeating: 0xff, count: 30) + [0x7f],
    [UInt8](repeating: 0, count: 32),
    [
      0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
      0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
      0xfc, 0x05,
    ],
    [
      0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
      0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
      0x03, 0x7a,
    ],
  ]
}
