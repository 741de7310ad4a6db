/// Header fields as texts of C, made once for as many responses as one likes.
struct HeaderTexts: Sendable {
  /// Names and values, each with its NUL.
  let texts: PinnedBytes
  /// Where they begin.
  let fields: [(name: Int, value: Int)]

  init(_ headers: Headers) {
    var bytes: [UInt8] = []
    var fields: [(name: Int, value: Int)] = []
    // An empty field says nothing, and the library refuses it.
    for field in headers.fields where !field.value.isEmpty {
      let name = bytes.count
      bytes += Array(field.name.utf8) + [0]
      fields.append((name, bytes.count))
      bytes += Array(field.value.utf8) + [0]
    }
    texts = PinnedBytes(bytes)
    self.fields = fields
  }
}
