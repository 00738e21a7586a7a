import COpenSSL

/// Ed25519 (RFC 8032) by a key's 32 bytes.
enum Ed25519 {
  static func isValid(signature: [UInt8], for message: [UInt8], key: [UInt8]) -> Bool {
    guard key.count == 32, signature.count == 64,
      let pointer = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, key, key.count)
    else { return false }
    let owned = unsafe EVPKey(owning: pointer)
    guard let context = unsafe EVP_MD_CTX_new() else { return false }
    defer {
      unsafe EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    guard unsafe EVP_DigestVerifyInit(context, nil, nil, nil, owned.pointer) == 1 else {
      return false
    }
    return unsafe EVP_DigestVerify(
      context, signature, signature.count, message, message.count) == 1
  }
}
