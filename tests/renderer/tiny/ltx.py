"""LTX-Video: latents a 32nd of the sides and an eighth of the frames; the VAE is told how much noise is left."""

from diffusers import (
    AutoencoderKLLTXVideo,
    FlowMatchEulerDiscreteScheduler,
    LTXConditionPipeline,
    LTXVideoTransformer3DModel,
)

from tests.renderer.tiny.parts import WIDTH, t5, t5_tokenizer

LATENT = 8  # channels


def condition() -> LTXConditionPipeline:
    """Any frames may be given, one or several."""
    transformer = LTXVideoTransformer3DModel(
        in_channels=LATENT,
        out_channels=LATENT,
        num_attention_heads=2,
        attention_head_dim=16,
        cross_attention_dim=32,
        num_layers=2,
        caption_channels=WIDTH,
    )
    return LTXConditionPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=_vae(),
        text_encoder=t5(),
        tokenizer=t5_tokenizer(),
        transformer=transformer,
    )


def _vae() -> AutoencoderKLLTXVideo:
    return AutoencoderKLLTXVideo(
        latent_channels=LATENT,
        block_out_channels=(8, 8, 8, 8),
        decoder_block_out_channels=(8, 8, 8, 8),
        layers_per_block=(1, 1, 1, 1, 1),
        decoder_layers_per_block=(1, 1, 1, 1, 1),
        timestep_conditioning=True,
    )
