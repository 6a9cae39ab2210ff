"""The table of models: what is known of each checkpoint, with where it is known from.

Memory is in GB of a card. "Published" figures are those of the page named beside them; an "estimate" is ours: the
weights in 16 bits, and room for the largest picture. Nothing here was measured on a card. `docs/gpu.md` has the links.
"""

from dataclasses import replace

from renderer.engines.diffusion.checkpoints.spec import (
    DRAFT,
    FINISH,
    Family,
    FrameRule,
    Given,
    Lora,
    ModelSpec,
    Profile,
)

APACHE = "Apache-2.0"
APACHE_DUTY = "Whoever passes the weights on passes the licence and its notices on with them."
TEN_MILLION = (
    "Companies with $10 million or more of yearly revenue need a paid licence of Lightricks; clips are shown with word "
    "that a machine made them."
)
ONE_MILLION = (
    "Companies with more than $1 million of yearly revenue need a paid licence of Stability AI; a service says "
    '"Powered by Stability AI" where its users see it.'
)
SD, HD = (480, 832), (720, 1280)  # what Wan was trained on
ANY_END = frozenset(Given)

_FIVE_SECONDS = FrameRule(step=4, most=81)  # at Wan's 16 frames a second
_LIGHTNING = "Wan2.2-I2V-A14B-4steps-lora-rank64-Seko-V1"

_TI2V = ModelSpec(
    id="wan2.2-ti2v-5b",
    family=Family.WAN,
    repo="Wan-AI/Wan2.2-TI2V-5B-Diffusers",
    pipeline="WanImageToVideoPipeline",  # the repository's index names the one that starts from words alone
    licence=APACHE,
    duty=APACHE_DUTY,
    sizes=((704, 1280),),  # its 720p, says the README of Wan2.2
    multiple=32,  # its VAE's 16, and patches of 2
    fps=24,
    frames=FrameRule(step=4, most=121),
    given=frozenset({Given.FIRST}),  # a last image is taken and ignored
    keep_float32=("vae",),
    profiles={
        # wan/configs/wan_ti2v_5B.py: 50 steps, guidance 5, shift 5.
        # Memory: 24 with its text encoder on the CPU (README of Wan2.2) and 11 for that; 8 by ComfyUI's page on it.
        # FastWan2.2's three steps need a sampler of their own, and were made for words alone: no draft.
        FINISH: Profile(steps=50, guidance=(5.0,), vram_gb=35, least_vram_gb=8, scheduler={"flow_shift": 5.0}),
    },
)

_A14B = ModelSpec(
    id="wan2.2-i2v-a14b",
    family=Family.WAN,
    repo="Wan-AI/Wan2.2-I2V-A14B-Diffusers",
    pipeline="WanImageToVideoPipeline",
    licence=APACHE,
    duty=APACHE_DUTY,
    multiple=16,
    fps=16,
    frames=_FIVE_SECONDS,
    sizes=(SD, HD),
    given=frozenset({Given.FIRST, Given.BOTH}),
    experts=("transformer", "transformer_2"),
    keep_float32=("vae",),
    profiles={
        # wan/configs/wan_i2v_A14B.py: 40 steps, guidance 3.5 twice, shift 5.
        # Memory: "at least 80GB" (README of Wan2.2); 13 is what diffusers' page on Wan says of one 14B network with
        # group offloading.
        FINISH: Profile(steps=40, guidance=(3.5, 3.5), vram_gb=80, least_vram_gb=13, scheduler={"flow_shift": 5.0}),
        # README of ModelTC/Wan2.2-Lightning: four steps, no guidance; its issue 3 gives the times that shift 5 makes.
        DRAFT: Profile(
            steps=4,
            guidance=(1.0, 1.0),
            vram_gb=80,
            least_vram_gb=13,
            scheduler={"flow_shift": 5.0},
            loras=(
                Lora(repo="lightx2v/Wan2.2-Lightning", file=f"{_LIGHTNING}/high_noise_model.safetensors"),
                Lora(
                    repo="lightx2v/Wan2.2-Lightning",
                    file=f"{_LIGHTNING}/low_noise_model.safetensors",
                    component="transformer_2",
                ),
            ),
        ),
    },
)

# generate.py of Wan2.1: 50 steps, guidance 5, shift 16 for VACE and for FLF2V. Memory: 81 is published for I2V-14B at
# 720p, 13 by diffusers' page on Wan for one 14B network with group offloading.
_FIFTY = Profile(steps=50, guidance=(5.0,), scheduler={"flow_shift": 16.0}, vram_gb=81, least_vram_gb=13)

_VACE_SMALL = ModelSpec(
    id="wan2.1-vace-1.3b",
    family=Family.VACE,
    repo="Wan-AI/Wan2.1-VACE-1.3B-diffusers",
    pipeline="WanVACEPipeline",
    licence=APACHE,
    duty=APACHE_DUTY,
    multiple=16,
    fps=16,
    frames=_FIVE_SECONDS,
    sizes=(SD,),  # README of VACE
    given=ANY_END,
    context=13,
    context_last=13,
    keep_float32=("vae",),
    # Memory: an estimate, mostly of the text encoder's 11; 8.19 is published for the network it grew from, T2V-1.3B.
    profiles={FINISH: replace(_FIFTY, vram_gb=20, least_vram_gb=8.19)},
)

_VACE_LARGE = ModelSpec(
    id="wan2.1-vace-14b",
    family=Family.VACE,
    repo="Wan-AI/Wan2.1-VACE-14B-diffusers",
    pipeline="WanVACEPipeline",
    licence=APACHE,
    duty=APACHE_DUTY,
    multiple=16,
    fps=16,
    frames=_FIVE_SECONDS,
    sizes=(SD, HD),
    given=ANY_END,
    context=13,
    context_last=13,
    keep_float32=("vae",),
    # Memory: estimates; it is a quarter larger than I2V-14B.
    profiles={FINISH: replace(_FIFTY, vram_gb=88, least_vram_gb=16)},
)

_FLF2V = ModelSpec(
    id="wan2.1-flf2v-14b",
    family=Family.WAN,
    repo="Wan-AI/Wan2.1-FLF2V-14B-720P-diffusers",
    pipeline="WanImageToVideoPipeline",
    licence=APACHE,
    duty=APACHE_DUTY,
    multiple=16,
    fps=16,
    frames=_FIVE_SECONDS,
    sizes=(HD,),
    given=frozenset({Given.BOTH}),  # without its last image it breaks
    keep_float32=("vae", "image_encoder"),
    profiles={FINISH: _FIFTY},
)

_LTX = ModelSpec(
    id="ltx-video",
    family=Family.LTX,
    repo="Lightricks/LTX-Video-0.9.7-dev",
    pipeline="LTXConditionPipeline",
    licence="LTXV Open Weights",
    duty=TEN_MILLION,
    sizes=((512, 704), (704, 1216)),  # diffusers' default; README of LTX-Video
    multiple=32,
    fps=24,
    frames=FrameRule(step=8, most=161),
    given=ANY_END,
    context=9,
    context_last=9,
    # Diffusers' page on LTX-Video, of version 0.9.7.
    options={
        "decode_timestep": 0.05,
        "decode_noise_scale": 0.025,
        "image_cond_noise_scale": 0.0,
        "guidance_rescale": 0.7,
    },
    profiles={
        # Memory: estimates; the network's file alone has 28.6, the text encoder 9.5. Diffusers' page says 10 for the
        # small sister of 2B with all means.
        FINISH: Profile(steps=30, guidance=(5.0,), vram_gb=44, least_vram_gb=16),
        # The same page: no guidance, and these times.
        DRAFT: Profile(
            steps=8,
            guidance=(1.0,),
            vram_gb=44,
            least_vram_gb=16,
            repo="Lightricks/LTX-Video-0.9.8-13B-distilled",
            options={"timesteps": (1000, 993, 987, 981, 975, 909, 725, 0.03)},
        ),
    },
)

_LTX2 = ModelSpec(
    id="ltx-2",
    family=Family.LTX2,
    repo="Lightricks/LTX-2",
    pipeline="LTX2ConditionPipeline",
    licence="LTX-2 Community",
    duty=TEN_MILLION,
    sizes=((512, 768),),  # the first of its two stages, by diffusers' page on LTX-2
    multiple=32,
    fps=24,
    frames=FrameRule(step=8, most=121),
    given=ANY_END,
    context=9,
    context_last=1,  # what is given further on counts in whole latent frames, and would miss the end
    sound=True,
    # The pipeline's own defaults are those of LTX-2.3. These are of diffusers' page on LTX-2, and one pass a step.
    options={
        "use_cross_timestep": False,
        "stg_scale": 0.0,
        "modality_scale": 1.0,
        "guidance_rescale": 0.0,
        "audio_guidance_scale": None,  # as the picture's
        "audio_stg_scale": None,
        "audio_modality_scale": None,
        "audio_guidance_rescale": None,
    },
    profiles={
        # Memory: an estimate, 38 for the network and 24 for the language model; 16 is what Lightricks says of its
        # LTX-Desktop, which streams the layers.
        FINISH: Profile(steps=40, guidance=(4.0,), vram_gb=72, least_vram_gb=16),
        # The same page: the sigmas of the distilled model, whose difference from the full one the LoRA is; they go in
        # as they are.
        DRAFT: Profile(
            steps=8,
            guidance=(1.0,),
            vram_gb=72,
            least_vram_gb=16,
            loras=(Lora(repo="Lightricks/LTX-2", file="ltx-2-19b-distilled-lora-384.safetensors"),),
            scheduler={"use_dynamic_shifting": False, "shift_terminal": None},
            options={"sigmas": (1.0, 0.99375, 0.9875, 0.98125, 0.975, 0.909375, 0.725, 0.421875)},
        ),
    },
)

_SVD = ModelSpec(
    id="svd-xt",
    family=Family.SVD,
    repo="stabilityai/stable-video-diffusion-img2vid-xt",
    pipeline="StableVideoDiffusionPipeline",
    licence="Stability AI Community",
    duty=ONE_MILLION,
    sizes=((576, 1024),),
    multiple=64,
    fps=7,
    frames=FrameRule(step=1, most=25),
    given=frozenset({Given.FIRST}),
    experts=("unet",),
    prompt=False,
    negative_prompt=False,
    interrupt=False,
    motion=True,
    fps_conditioning=True,
    variant="fp16",
    profiles={
        # 25 steps and guidance from 1 to 3 are the pipeline's own. Memory: an estimate, mostly of 25 frames at once;
        # "less than 8" with all means, says diffusers' page on it.
        FINISH: Profile(steps=25, guidance=(3.0,), vram_gb=16, least_vram_gb=8),
    },
)

_ROWS = (_TI2V, _A14B, _VACE_SMALL, _VACE_LARGE, _FLF2V, _LTX, _LTX2, _SVD)
MODELS: dict[str, ModelSpec] = {row.id: row for row in _ROWS}
