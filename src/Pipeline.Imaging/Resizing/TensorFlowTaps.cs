namespace Pipeline.Imaging.Resizing;

/// <summary>Which source pixels make each pixel of one direction of TensorFlow's weighted methods, and with which weights.</summary>
internal sealed partial class TensorFlowTaps
{
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly float[] _weights;
    private readonly int _stride;

    /// <param name="count">How many pixels of the result are wanted.</param>
    /// <param name="stride">The most source pixels that one of them takes.</param>
    private TensorFlowTaps(int count, int stride)
    {
        _starts = new int[count];
        _counts = new int[count];
        _weights = new float[checked(count * stride)];
        _stride = stride;
    }

    /// <summary>How many pixels of the result are wanted.</summary>
    public int Count => _starts.Length;

    public int Start(int index) => _starts[index];

    public ReadOnlySpan<float> Weights(int index) => _weights.AsSpan(index * _stride, _counts[index]);

    /// <summary>Adds a weight to a source pixel; pixels beyond the edges are those at the edges. A pixel's taps come in ascending order.</summary>
    private void Add(int index, int pixel, int size, float weight)
    {
        pixel = Math.Clamp(pixel, 0, size - 1);
        if (_counts[index] == 0)
        {
            _starts[index] = pixel;
        }

        var tap = pixel - _starts[index];
        _counts[index] = tap + 1;
        _weights[(index * _stride) + tap] += weight;
    }

    /// <summary>Divides the weights of a pixel by their sum, unless that is next to nothing.</summary>
    private void Normalize(int index)
    {
        const float Least = 1000f * 1.17549435e-38f;
        var weights = _weights.AsSpan(index * _stride, _counts[index]);
        var sum = 0f;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        if (MathF.Abs(sum) >= Least)
        {
            var factor = 1f / sum;
            foreach (ref var weight in weights)
            {
                weight *= factor;
            }
        }
    }
}
