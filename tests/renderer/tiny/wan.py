"""The Wan family: latents an eighth of the picture's sides and a quarter of its frames, as with the real ones."""

from typing import Any

from diffusers import (
    AutoencoderKLWan,
    UniPCMultistepScheduler,
    WanImageToVideoPipeline,
    WanTransformer3DModel,
    WanVACEPipeline,
    WanVACETransformer3DModel,
)
from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModel

from tests.renderer.tiny.parts import WIDTH, t5_tokenizer, umt5

LATENT = 4  # channels
MASK = 4  # a channel for each of the frames that one latent frame holds
NETWORK: dict[str, Any] = {
    "patch_size": (1, 2, 2),
    "num_attention_heads": 2,
    "attention_head_dim": 16,
    "out_channels": LATENT,
    "text_dim": WIDTH,
    "freq_dim": 32,
    "ffn_dim": 32,
    "num_layers": 2,
}


def ti2v() -> WanImageToVideoPipeline:
    """One network; the first frame replaces the noise of its own latent frame."""
    vae = _vae(dim_mult=[1, 1, 1], temperal_downsample=[True, True], is_residual=True, patch_size=2, channels=12)
    transformer = WanTransformer3DModel(in_channels=LATENT, **NETWORK)
    return WanImageToVideoPipeline(vae=vae, transformer=transformer, expand_timesteps=True, **_rest())


def two_experts() -> WanImageToVideoPipeline:
    """One network for the noisy steps, one for the others."""
    experts = [WanTransformer3DModel(in_channels=2 * LATENT + MASK, **NETWORK) for _ in range(2)]
    return WanImageToVideoPipeline(
        vae=_vae(), transformer=experts[0], transformer_2=experts[1], boundary_ratio=0.9, **_rest()
    )


def both_ends() -> WanImageToVideoPipeline:
    """First and last frame, both also seen by CLIP."""
    vision = CLIPVisionConfig(
        hidden_size=16, intermediate_size=16, num_hidden_layers=2, num_attention_heads=2, image_size=32, patch_size=16
    )
    patches = (vision.image_size // vision.patch_size) ** 2 + 1
    size = vision.image_size
    transformer = WanTransformer3DModel(
        in_channels=2 * LATENT + MASK,
        image_dim=vision.hidden_size,
        added_kv_proj_dim=NETWORK["num_attention_heads"] * NETWORK["attention_head_dim"],
        pos_embed_seq_len=2 * patches,
        **NETWORK,
    )
    return WanImageToVideoPipeline(
        vae=_vae(),
        transformer=transformer,
        image_encoder=CLIPVisionModel(vision).eval(),
        image_processor=CLIPImageProcessor(crop_size=size, size=size),
        **_rest(),
    )


def vace() -> WanVACEPipeline:
    """Any frames may be given; the mask's 8 x 8 pixels of one latent are channels."""
    transformer = WanVACETransformer3DModel(
        in_channels=LATENT, vace_layers=[0, 1], vace_in_channels=2 * LATENT + 64, **NETWORK
    )
    return WanVACEPipeline(vae=_vae(), transformer=transformer, **_rest())


def _vae(*, channels: int = 3, **settings: Any) -> AutoencoderKLWan:
    usual = {"dim_mult": [1, 1, 1, 1], "temperal_downsample": [False, True, True]}
    return AutoencoderKLWan(
        base_dim=4,
        z_dim=LATENT,
        num_res_blocks=1,
        latents_mean=[0.0] * LATENT,
        latents_std=[1.0] * LATENT,
        in_channels=channels,
        out_channels=channels,
        **{**usual, **settings},
    )


def _rest() -> dict[str, Any]:
    scheduler = UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=5.0)
    return {"tokenizer": t5_tokenizer(), "text_encoder": umt5(), "scheduler": scheduler}
