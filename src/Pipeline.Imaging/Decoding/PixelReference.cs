namespace Pipeline.Imaging.Decoding;

/// <summary>Whose pixels a model was trained on, where decoders differ.</summary>
public enum PixelReference
{
    /// <summary>Pillow's, which are also those of OpenCV, Android, browsers and Keras' load_img.</summary>
    Pillow,

    /// <summary>TensorFlow's own tf.io.decode_image and its kin.</summary>
    TensorFlow,
}
