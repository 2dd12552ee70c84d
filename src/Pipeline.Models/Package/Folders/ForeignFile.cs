namespace Pipeline.Models.Package.Folders;

/// <summary>Knows models in other forms than a SavedModel's folder, by content and name.</summary>
internal static class ForeignFile
{
    private const int HeadLength = 8;

    private static ReadOnlySpan<byte> Zip => "PK\x03\x04"u8;

    private static ReadOnlySpan<byte> Gzip => [0x1F, 0x8B];

    private static ReadOnlySpan<byte> Hdf5 => [0x89, (byte)'H', (byte)'D', (byte)'F'];

    private static ReadOnlySpan<byte> TensorFlowLite => "TFL3"u8;

    /// <param name="named">The path that was given: the file, or its folder.</param>
    /// <param name="file">The file.</param>
    /// <returns>Null where the file is of no kind that is known.</returns>
    public static Exception? Refusal(string named, string file)
    {
        var name = Path.GetFileName(file);
        ReadOnlySpan<byte> head = Head(file);
        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".TFLITE" => Lite(),
            ".KERAS" => Unsupported("Keras", "Keras' own file; export a SavedModel: keras.models.load_model(file).export(\"model\")"),
            ".ONNX" => Unsupported("ONNX", "an ONNX file; convert it to a SavedModel, onnx2tf does"),
            ".PB" when name == PackageFolder.SavedModelFile => new InvalidModelException(
                named, "model package", $"the folder of {PackageFolder.SavedModelFile}", $"that file alone: name {Path.GetDirectoryName(Path.GetFullPath(file))}"),
            ".PB" => Unsupported("GraphDef", "a frozen graph; load it in TensorFlow and write it with tf.saved_model.save"),
            ".PT" or ".PTH" or ".SAFETENSORS" => Unsupported("PyTorch", "weights of PyTorch; export to ONNX and convert that to a SavedModel, onnx2tf does"),
            _ when head[4..].StartsWith(TensorFlowLite) => Lite(),
            ".H5" or ".HDF5" => Hdf(),
            _ when head.StartsWith(Hdf5) => Hdf(),
            _ when head.StartsWith(Zip) => Packed("a zip archive"),
            _ when head.StartsWith(Gzip) => Packed("a gzip archive"),
            _ => null,
        };

        UnsupportedModelException Lite() =>
            Unsupported("TensorFlowLite", $"models of this format are not read yet; a SavedModel, a folder with {PackageFolder.SavedModelFile}, is");

        UnsupportedModelException Hdf() => Unsupported("HDF5", "Keras' older file; export a SavedModel: keras.models.load_model(file).export(\"model\")");

        UnsupportedModelException Unsupported(string format, string reason) => new(named, [new UnsupportedNode(format, name, null, reason)]);

        InvalidModelException Packed(string what) => new(
            named, "model package", $"a folder with {PackageFolder.SavedModelFile}", $"{what}{(named == file ? string.Empty : $", {name}")}: unpack it and name the folder that it holds");
    }

    private static byte[] Head(string file)
    {
        var head = new byte[HeadLength];
        try
        {
            using var handle = File.OpenHandle(file);
            RandomAccess.Read(handle, head, 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What cannot be read is told by its name, or not at all.
            return head;
        }

        return head;
    }
}
