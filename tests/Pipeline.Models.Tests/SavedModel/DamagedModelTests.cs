using Pipeline.Fixtures.Format;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel;
using Pipeline.Models.Tests.Package.Support;
using Pipeline.Models.Tests.SavedModel.Support;

namespace Pipeline.Models.Tests.SavedModel;

/// <summary>Real models with damage done to their files: whatever happens has a type, and nothing takes long or much memory.</summary>
public sealed class DamagedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ITestOutputHelper _output;

    public DamagedModelTests(ITestOutputHelper output)
    {
        _output = output;
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("base_keras3_export", "saved_model.pb")]
    [InlineData("base_tf1_frozen", "saved_model.pb")]
    [InlineData("base_tf1_ref", "variables/variables.index")]
    [InlineData("base_tf1_ref", "variables/variables.data-00000-of-00001")]
    public void Read_CutAnywhere_IsRefusedByType(string model, string file)
    {
        var bytes = Copy(model, file);
        var points = Enumerable.Range(0, 120).Select(point => (int)((long)point * bytes.Length / 120)).Concat([bytes.Length - 1]);
        foreach (var length in points)
        {
            _folder.Write(file, bytes[..length]);
            var error = Record.Exception(() => Load());
            Assert.True(error is InvalidModelException or UnsupportedModelException, $"cut at {length}: {error}");
        }
    }

    [Theory]
    [InlineData("base_keras3_export", "saved_model.pb", 400)]
    [InlineData("base_tf1_ref", "saved_model.pb", 400)]
    [InlineData("base_module", "saved_model.pb", 400)]
    [InlineData("base_keras2_save", "variables/variables.index", 300)]
    public void Read_FlippedBits_RunsOrIsRefusedByType(string model, string file, int rounds)
    {
        var seed = Environment.ProcessId;
        _output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var bytes = Copy(model, file);
        for (var round = 0; round < rounds; round++)
        {
            var damaged = bytes.ToArray();
            for (var flip = 0; flip <= round % 3; flip++)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            _folder.Write(file, damaged);
            var error = Record.Exception(() => Load());
            Assert.True(IsTyped(error), $"seed {seed}, round {round}: {error}");
        }
    }

    [Fact]
    public void Read_FlippedByteInAShard_IsFoundByItsChecksum()
    {
        const string Shard = "variables/variables.data-00000-of-00001";
        var bytes = Copy("base_tf1_ref", Shard);
        for (var position = 0; position < bytes.Length; position += 97)
        {
            var damaged = bytes.ToArray();
            damaged[position] ^= 0x80;
            _folder.Write(Shard, damaged);
            Assert.Contains("checksum", Assert.Throws<InvalidModelException>(() => Load()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_NoVariables_NamesTheMissingFile()
    {
        Copy("base_keras3_export", "saved_model.pb");
        Directory.Delete(Path.Combine(_folder.Path, "variables"), recursive: true);

        var error = Assert.Throws<InvalidModelException>(() => Load());

        Assert.EndsWith("variables.index", error.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFolder_SaysSo()
    {
        var error = Assert.Throws<InvalidModelException>(() => SavedModelReader.Read(Path.Combine(_folder.Path, "none")));

        Assert.Equal("no such folder", error.Found);
    }

    [Fact]
    public void Read_EmptyFolder_SaysWhatShouldBeThere() =>
        Assert.Equal("saved_model.pb", Assert.Throws<InvalidModelException>(() => SavedModelReader.Read(_folder.Path)).Expected);

    [Theory]
    [InlineData("saved_model.pbtxt")]
    [InlineData("saved_model.cpb")]
    public void Read_OtherForm_IsUnsupportedByName(string file)
    {
        _folder.Write(file, [1]);

        Assert.Equal(file, Assert.Single(Assert.Throws<UnsupportedModelException>(() => SavedModelReader.Read(_folder.Path)).Nodes).Name);
    }

    [Fact]
    public void Read_FileOverTheLimit_IsRefusedBeforeItIsRead()
    {
        _folder.Write("saved_model.pb", new byte[1001]);

        var error = Assert.Throws<InvalidModelException>(() => SavedModelReader.Read(_folder.Path, new SavedModelReadOptions { MaxGraphFileBytes = 1000 }));

        Assert.Equal(("at most 1000 bytes", "1001 bytes"), (error.Expected, error.Found));
    }

    [Fact]
    public void Read_MoreNodesThanAllowed_IsRefused()
    {
        Copy("base_keras3_export", "saved_model.pb");

        Assert.Throws<InvalidModelException>(() => SavedModelReader.Read(_folder.Path, new SavedModelReadOptions { MaxNodes = 20 }));
        Assert.Throws<InvalidModelException>(() => SavedModelReader.Read(_folder.Path, new SavedModelReadOptions { MaxMessageBytes = 1000 }));
    }

    [Fact]
    public void Read_MessagesNestedDeeply_AreRefused()
    {
        // A function as an attribute has attributes of its own.
        var attribute = Array.Empty<byte>();
        for (var depth = 0; depth < 5000; depth++)
        {
            var list = new WireWriter().Text(1, "f").Bytes(2, new WireWriter().Text(1, "a").Bytes(2, attribute).ToArray());
            attribute = new WireWriter().Message(10, list).ToArray();
        }

        var node = new WireWriter().Text(1, "out").Text(2, "Neg").Text(3, "in").Bytes(5, new WireWriter().Text(1, "a").Bytes(2, attribute).ToArray());
        var model = new ModelBuilder().Add(Nodes.Placeholder("in")).AddRaw(node.ToArray()).Serving("in:0", "out:0");

        Assert.Throws<InvalidModelException>(() => model.Read(_folder));
    }

    private static bool IsTyped(Exception? error) => error is
        null or InvalidModelException or UnsupportedModelException or InvalidNodeException or UnsupportedNodeException or InvalidShapeException
        or InvalidSessionInputException or MemoryLimitExceededException;

    /// <summary>Copies a model.</summary>
    /// <returns>The bytes of one of its files.</returns>
    private byte[] Copy(string model, string file)
    {
        if (!SharedFolder.TryFind($"fixtures/models/{model}", out var path))
        {
            Assert.SkipUnless(SharedFolder.IsRequired, SharedFolder.Missing);
            Assert.Fail(SharedFolder.Missing);
        }

        _folder.CopyFrom(path);
        return File.ReadAllBytes(Path.Combine(_folder.Path, file));
    }

    /// <summary>Reads, loads and runs the model.</summary>
    private void Load()
    {
        var model = SavedModelReader.Read(_folder.Path);
        var session = new InferenceSession(model.Graph, new SessionOptions { MaxRunBytes = 64 << 20, MaxConstantBytes = 64 << 20 });
        session.Run(new Dictionary<string, RuntimeValue> { ["image"] = Tensor.Zeros(DataType.Float32, Shape.Of(1, 32, 32, 3)) });
    }
}
